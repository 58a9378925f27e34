import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { createTyping } from '../../../../src/server/rooms/typing'

const room = 'ROOM01' as RoomId
const [ada, grace] = ['ada', 'grace'] as MemberId[] as [MemberId, MemberId]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched() {
  const told: string[] = []
  const typing = createTyping({
    windowMs: 100,
    lastsMs: 6_000,
    tell: ({ memberId }, isTyping) => void told.push(`${memberId} ${isTyping}`),
  })
  return { told, typing }
}

test('is told once a window, and again when said again', () => {
  const { told, typing } = watched()
  typing.began(room, ada, [])
  typing.began(room, ada, [])
  typing.began(room, grace, [])
  vi.advanceTimersByTime(100)
  expect(told).toEqual(['ada true', 'grace true'])
  vi.advanceTimersByTime(3_000)
  typing.began(room, ada, [])
  vi.advanceTimersByTime(3_100)
  expect(told).toEqual(['ada true', 'grace true', 'ada true', 'grace false'])
})

test('ends by itself, and nothing is left to tell', () => {
  const { told, typing } = watched()
  typing.began(room, ada, [])
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual(['ada true', 'ada false'])
  expect(vi.getTimerCount()).toBe(0)
})

test('what was never told is not told to have ended', () => {
  const { told, typing } = watched()
  typing.began(room, ada, [])
  typing.ended(room, ada)
  typing.ended(room, grace)
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
})

test('what ends and begins again within a window goes on', () => {
  const { told, typing } = watched()
  typing.began(room, ada, [])
  vi.advanceTimersByTime(100)
  typing.ended(room, ada)
  typing.began(room, ada, [])
  vi.advanceTimersByTime(100)
  expect(told).toEqual(['ada true', 'ada true'])
})

test('a stopped server waits for nobody', () => {
  const { told, typing } = watched()
  typing.began(room, ada, [])
  typing.stop()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
})
