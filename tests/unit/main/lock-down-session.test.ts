import type { Session } from 'electron'
import { expect, test } from 'vitest'
import { lockDownSession } from '../../../src/main/windows/lock-down-session'

type Request = Parameters<Session['setPermissionRequestHandler']>[0]
type Check = Parameters<Session['setPermissionCheckHandler']>[0]

/** What a session answers once it is locked down. */
function lockedDown() {
  let request: Request = null
  let check: Check = null
  lockDownSession({
    setPermissionRequestHandler: (handler: Request) => (request = handler),
    setPermissionCheckHandler: (handler: Check) => (check = handler),
    setDevicePermissionHandler: () => undefined,
    on: () => undefined,
    webRequest: { onBeforeRequest: () => undefined },
  } as unknown as Session)

  return {
    asks: (permission: string, details: object) => {
      let answered: boolean | undefined
      const answer = (isGranted: boolean) => (answered = isGranted)
      request?.(null as never, permission as never, answer, { isMainFrame: true, ...details } as never)
      return answered
    },
    checks: (permission: string, origin: string, details: object = {}) =>
      check?.(null, permission as never, origin, { isMainFrame: true, ...details }),
  }
}

const ours = { requestingUrl: 'parlor-app://ui/' }

test('the interface may hear the microphone', () => {
  const { asks, checks } = lockedDown()

  expect(asks('media', { ...ours, mediaTypes: ['audio'] })).toBe(true)
  expect(checks('media', 'parlor-app://ui/', { mediaType: 'audio' })).toBe(true)
})

test('it may not see the camera or the screen, alone or beside the microphone', () => {
  const { asks, checks } = lockedDown()

  for (const media of [{ mediaTypes: ['video'] }, { mediaTypes: ['audio', 'video'] }, { mediaTypes: [] }, {}])
    expect(asks('media', { ...ours, ...media })).toBe(false)
  for (const mediaType of ['video', 'unknown', undefined])
    expect(checks('media', 'parlor-app://ui/', { mediaType })).toBe(false)
  expect([asks('display-capture', ours), checks('display-capture', 'parlor-app://ui/')]).toEqual([false, false])
})

test('nobody else may hear anything', () => {
  const { asks, checks } = lockedDown()
  const media = { mediaTypes: ['audio'], mediaType: 'audio' }

  for (const stranger of ['https://evil.example/', 'parlor-app://evil/', 'parlor-app://ui.evil/', 'file:///', '']) {
    expect(asks('media', { ...media, requestingUrl: stranger })).toBe(false)
    expect(checks('media', stranger, media)).toBe(false)
  }
  expect(asks('media', { ...ours, ...media, isMainFrame: false })).toBe(false)
  expect(checks('media', 'parlor-app://ui/', { ...media, isMainFrame: false })).toBe(false)
})

test.each(['geolocation', 'notifications', 'midi', 'clipboard-read', 'fullscreen', 'openExternal', 'hid', 'usb'])(
  '%s is refused',
  (permission) => {
    const { asks, checks } = lockedDown()

    expect(asks(permission, { ...ours, mediaTypes: ['audio'] })).toBe(false)
    expect(checks(permission, 'parlor-app://ui/', { mediaType: 'audio' })).toBe(false)
  },
)
