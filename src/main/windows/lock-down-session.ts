import type { Session } from 'electron'
import { isOwnUrl } from './own-origin'

const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/**
 * Everything a page could ask of the computer is refused; its own interface may write to the clipboard and hear the
 * microphone, for voice notes, and never see the camera or the screen.
 */
export function lockDownSession(session: Session): void {
  const isAllowed = (permission: string, address: string | undefined, media: readonly unknown[]) =>
    address !== undefined &&
    isOwnUrl(address) &&
    (allowed.has(permission) || (permission === 'media' && isSound(media)))

  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? details.mediaTypes : []
    answer(details.isMainFrame && isAllowed(permission, details.requestingUrl, media))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      details.isMainFrame && isAllowed(permission, origin, [details.mediaType]),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('select-hid-device', (event, _details, choose) => refuse(event, () => choose()))
  session.on('select-serial-port', (event, _ports, _contents, choose) => refuse(event, () => choose('')))
  session.on('select-usb-device', (event, _details, choose) => refuse(event, () => choose()))
  session.on('will-download', (event) => event.preventDefault())

  // The page's own policy says the same; this holds even if that header were lost.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }))
}

const isSound = (media: readonly unknown[]) => media.length > 0 && media.every((type) => type === 'audio')

function refuse(event: { preventDefault: () => void }, chooseNone: () => void): void {
  event.preventDefault()
  chooseNone()
}

const mayLoad = (url: string): boolean => isOwnUrl(url) || url.startsWith('blob:') || url.startsWith('devtools:')
