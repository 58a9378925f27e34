import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Member } from '#shared/protocol/entities'
import type { Connection } from '../../../../src/server/rooms/connection'
import { createDigest, type EnteredSince } from '../../../../src/server/rooms/digest'

const person = (name: string) => ({ memberId: name, name, online: true, role: 'member' }) as unknown as Member
const ada = person('ada')

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const late = {} as Connection
const knows = ({ entered, moment }: EnteredSince) => ((entered.get(late) ?? 0) > moment ? ' but late' : '')

function told() {
  const lines: string[] = []
  const digest = createDigest({
    windowMs: 100,
    onJoined: ({ name }, except) => lines.push(`+${name}${knows(except)}`),
    onLeft: (memberId, reason, except) => lines.push(`-${memberId} ${reason}${knows(except)}`),
  })
  return { digest, lines }
}

test('who comes is told once the window has passed, together', () => {
  const { digest, lines } = told()
  digest.joined(ada)
  vi.advanceTimersByTime(60)
  digest.joined(person('grace'))
  expect(lines).toEqual([])
  vi.advanceTimersByTime(40)
  expect(lines).toEqual(['+ada', '+grace'])
})

test('a visit lost within the window is never told, one ended on purpose is told whole', () => {
  const { digest, lines } = told()
  digest.joined(ada)
  digest.entered({} as Connection, ada.memberId)
  digest.left(ada.memberId, 'disconnected')
  vi.advanceTimersByTime(200)
  expect(lines).toEqual([])
  digest.joined(ada)
  digest.left(ada.memberId, 'left')
  vi.advanceTimersByTime(200)
  expect(lines).toEqual(['+ada', '-ada left'])
})

test('a visit lost within the window is told as over where somebody has seen the visitor', () => {
  const { digest, lines } = told()
  digest.joined(ada)
  digest.entered(late, person('grace').memberId)
  digest.left(ada.memberId, 'disconnected')
  vi.advanceTimersByTime(200)
  expect(lines).toEqual(['-ada disconnected'])
})

test('whoever goes, comes back and is lost again within the window is told as gone', () => {
  const { digest, lines } = told()
  digest.left(ada.memberId, 'disconnected')
  digest.joined(ada)
  digest.left(ada.memberId, 'disconnected')
  vi.advanceTimersByTime(200)
  expect(lines).toEqual(['-ada disconnected'])
})

test('leaving and coming back within the window is told as coming', () => {
  const { digest, lines } = told()
  digest.left(ada.memberId, 'left')
  digest.joined(ada)
  vi.advanceTimersByTime(200)
  expect(lines).toEqual(['+ada'])
})

test('what is waiting is known to those who entered since', () => {
  const { digest, lines } = told()
  digest.joined(ada)
  digest.entered(late, person('grace').memberId)
  digest.joined(person('grace'))
  digest.tell()
  expect(lines).toEqual(['+ada but late', '+grace'])
})
