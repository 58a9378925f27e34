import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message } from '#shared/protocol/entities'
import {
  dropHeld,
  emptyLog,
  fill,
  hasGap,
  keptMessages,
  mostHeld,
  openLog,
  receive,
  type RoomLog,
} from '../../../src/client/room-log'
import { message } from './messages'

const seqs = ({ messages }: RoomLog) => messages.map(({ seq }) => seq)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('the next message is shown at once', () => {
  const { log, shown } = receive(openLog([message(1)], false), message(2))

  expect([seqs(log), log.lastRev, shown]).toEqual([[1, 2], 2, [message(2)]])
})

test('a message behind a gap is held until the gap is filled', () => {
  const { log, shown } = receive(openLog([message(1)], false), message(3))
  expect([seqs(log), hasGap(log), shown]).toEqual([[1], true, []])

  const filled = receive(log, message(2))
  expect([seqs(filled.log), filled.log.lastRev, hasGap(filled.log)]).toEqual([[1, 2, 3], 3, false])
  expect(filled.shown).toEqual([message(2), message(3)])
})

test('a change replaces the message, and an older version of it changes nothing', () => {
  const changed = receive(openLog([message(1), message(2)], false), message(1, 3))
  expect(changed.log.messages).toEqual([message(1, 3), message(2)])

  expect(receive(changed.log, message(1))).toEqual({ log: changed.log, shown: [] })
})

test('the last page of a gap frees what was held even where revs no longer exist', () => {
  const { log } = receive(openLog([message(1)], false), message(9))

  const { log: filled, shown } = fill(log, [message(4)], true)

  expect([seqs(filled), filled.lastRev, hasGap(filled)]).toEqual([[1, 4, 9], 9, false])
  expect(shown).toEqual([message(4), message(9)])
})

test('an earlier page frees only what it reaches', () => {
  const { log } = receive(openLog([message(1)], false), message(9))

  const { log: filled } = fill(log, [message(2), message(3)], false)

  expect([seqs(filled), filled.lastRev, hasGap(filled)]).toEqual([[1, 2, 3], 3, true])
})

test('the log keeps the newest messages and says that there are older ones', () => {
  const log = openLog(
    range(1, keptMessages + 10).map((seq) => message(seq)),
    false,
  )

  expect([seqs(log)[0], log.messages.length, log.hasOlder]).toEqual([11, keptMessages, true])
})

test('a change of a message older than the log is shown, and opens no hole at its start', () => {
  const { log, shown } = receive(openLog([message(5), message(6)], true), message(2, 7))

  expect([seqs(log), shown]).toEqual([[5, 6], [message(2, 7)]])
})

test('an old message answered to a retry is not shown below the log', () => {
  const log = openLog([message(5), message(6)], true)

  expect(receive(log, message(2))).toEqual({ log, shown: [] })
})

test('what a server sends ahead of a gap is bounded', () => {
  let log = emptyLog
  for (const seq of range(2, mostHeld + 100)) log = receive(log, message(seq)).log

  expect(log.held).toHaveLength(mostHeld)
  expect(hasGap(dropHeld(log))).toBe(false)
})

type Step =
  | { do: 'post' }
  | { do: 'change'; which: number }
  | { do: 'announce'; which: number }
  | { do: 'fill'; size: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'post' }) },
  { weight: 2, arbitrary: fc.nat().map((which): Step => ({ do: 'change', which })) },
  { weight: 6, arbitrary: fc.nat().map((which): Step => ({ do: 'announce', which })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((size): Step => ({ do: 'fill', size })) },
)

/** A server's room, every version it ever announced, and what `join_room {since}` answers. */
function createTruth() {
  const current = new Map<number, Message>()
  const announced: Message[] = []
  let rev = 0
  const put = (seq: number) => {
    current.set(seq, message(seq, rev))
    announced.push(message(seq, rev))
  }
  return {
    announced,
    messages: () => [...current.values()].sort((a, b) => a.seq - b.seq),
    post: () => put(++rev),
    change(which: number) {
      const known = [...current.keys()]
      const seq = known[which % Math.max(known.length, 1)]
      if (seq === undefined) return
      rev++
      put(seq)
    },
    changesAfter: (since: number) =>
      [...current.values()].filter((one) => one.rev > since).sort((a, b) => a.rev - b.rev),
  }
}

test('whatever is lost, doubled or out of order, filling the gaps ends with the same log', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const truth = createTruth()
      let log = emptyLog
      const shown: Message[] = []
      const take = (next: { log: RoomLog; shown: readonly Message[] }) => {
        log = next.log
        shown.push(...next.shown)
      }
      const fillAll = (size: number) => {
        for (let page = truth.changesAfter(log.lastRev); ; page = truth.changesAfter(log.lastRev)) {
          const isLast = page.length <= size
          take(fill(log, page.slice(0, size), isLast))
          if (isLast) return
        }
      }
      for (const one of steps) {
        if (one.do === 'post') truth.post()
        else if (one.do === 'change') truth.change(one.which)
        else if (one.do === 'fill') fillAll(one.size)
        else {
          const heard = truth.announced[one.which % Math.max(truth.announced.length, 1)]
          if (heard) take(receive(log, heard))
        }
        const complete = truth.messages().filter((known) => known.rev <= log.lastRev)
        expect(log.messages.filter((known) => known.rev <= log.lastRev)).toEqual(log.messages)
        for (const known of complete) expect(log.messages).toContainEqual(known)
      }
      fillAll(3)

      expect(log.messages).toEqual(truth.messages())
      expect(hasGap(log)).toBe(false)
      const folded = new Map<number, Message>()
      for (const one of shown) if ((folded.get(one.seq)?.rev ?? 0) < one.rev) folded.set(one.seq, one)
      expect([...folded.values()].sort((a, b) => a.seq - b.seq)).toEqual(truth.messages())
    }),
    { numRuns: 500 },
  )
})
