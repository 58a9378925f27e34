import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { createReadMarks, type Mark } from '../../../../src/server/rooms/read-marks'
import type { Store } from '../../../../src/server/store/store'

const roomId = 'ROOM01' as RoomId
const [ada, grace] = ['ada', 'grace'] as MemberId[] as [MemberId, MemberId]
const standing = { readSeq: 0, tellsReads: true, hidesReads: false }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(failing: { with?: Error } = {}) {
  const told: Mark[] = []
  const saved: Parameters<Store['saveReads']>[0][] = []
  const reported: unknown[] = []
  const marks = createReadMarks({
    windowMs: 250,
    saveMs: 1_000,
    tell: (mark) => void told.push(mark),
    save: (news) => {
      if (failing.with) return Promise.reject(failing.with)
      saved.push(news)
      return Promise.resolve()
    },
    report: (error) => void reported.push(error),
  })
  const mark = (memberId: MemberId, seq: number, more: { hidden?: boolean; readSeq?: number } = {}) =>
    marks.mark({ roomId, memberId, seq, hidden: more.hidden, standing: { ...standing, readSeq: more.readSeq ?? 0 } })
  const known = (reader: MemberId) => marks.withUnsaved({ roomId, memberId: reader }, [])
  return { told, saved, reported, marks, mark, known }
}

test('the newest of a window is told, the newest of a second is saved, both once', async () => {
  const { told, saved, mark } = watched()
  for (const seq of [1, 5, 3]) mark(ada, seq)
  vi.advanceTimersByTime(250)
  mark(ada, 7)
  await vi.advanceTimersByTimeAsync(5_000)

  expect(told.map(({ seq }) => seq)).toEqual([5, 7])
  expect(saved.map(({ marks, hides }) => [marks.map(({ seq }) => seq), hides])).toEqual([[[7], []]])
  expect(vi.getTimerCount()).toBe(0)
})

test('what the store knows already is no news', async () => {
  const { told, saved, mark } = watched()
  mark(ada, 4, { readSeq: 4 })
  mark(ada, 3, { readSeq: 4 })
  await vi.advanceTimersByTimeAsync(5_000)
  expect([told, saved]).toEqual([[], []])
})

test('whoever comes in before they are saved is told of them, but of no hidden one', async () => {
  const { mark, known } = watched()
  mark(ada, 4)
  mark(grace, 2, { hidden: true })
  const [ofAda, ofGrace] = [
    { memberId: ada, seq: 4 },
    { memberId: grace, seq: 2 },
  ]
  expect([known(ada), known(grace)]).toEqual([[ofAda], [ofAda, ofGrace]])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(known(grace)).toEqual([])
})

test('a full disk keeps them for the next time, and only a fault is reported', async () => {
  const failing: { with?: Error } = { with: new Refusal('storage_full') }
  const { saved, reported, mark, known, marks } = watched(failing)
  mark(ada, 4)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([known(grace), reported]).toEqual([[{ memberId: ada, seq: 4 }], []])

  failing.with = new Error('broken')
  mark(ada, 5)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(reported).toEqual([failing.with])

  delete failing.with
  await marks.stop()
  expect(saved.map(({ marks: of }) => of.map(({ seq }) => seq))).toEqual([[5]])
})
