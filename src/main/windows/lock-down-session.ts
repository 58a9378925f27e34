import type { Session } from 'electron'
import { isOwnUrl } from './own-origin'

const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Everything a page could ask of the computer is refused; its own interface may write to the clipboard. */
export function lockDownSession(session: Session): void {
  const isAllowed = (permission: string, address: string | undefined) =>
    allowed.has(permission) && address !== undefined && isOwnUrl(address)

  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(details.isMainFrame && isAllowed(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => details.isMainFrame && isAllowed(permission, origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('select-hid-device', (event, _details, choose) => refuse(event, () => choose()))
  session.on('select-serial-port', (event, _ports, _contents, choose) => refuse(event, () => choose('')))
  session.on('select-usb-device', (event, _details, choose) => refuse(event, () => choose()))
  session.on('will-download', (event) => event.preventDefault())

  // The page's own policy says the same; this holds even if that header were lost.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }))
}

function refuse(event: { preventDefault: () => void }, chooseNone: () => void): void {
  event.preventDefault()
  chooseNone()
}

const mayLoad = (url: string): boolean => isOwnUrl(url) || url.startsWith('blob:') || url.startsWith('devtools:')
