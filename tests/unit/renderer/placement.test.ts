import { expect, test } from 'vitest'
import type { Entry } from '../../../src/renderer/conversation/entries'
import { placementOf } from '../../../src/renderer/conversation/placement'
import { ada, at, grace, said } from './support/conversation'

const start: Entry = { kind: 'start' }
const reader = { you: ada, readUntil: Infinity }
const headsOf = (entries: readonly Entry[], readUntil = Infinity) =>
  entries.flatMap((entry, index) =>
    'seq' in entry && placementOf(entries, index, { you: ada, readUntil }).isHead ? [entry.seq] : [],
  )

test('one author within five minutes is one group', () => {
  const entries = [
    start,
    said(1, { sentAt: at('10:00') }),
    said(2, { sentAt: at('10:05') }),
    said(3, { sentAt: at('10:11') }),
    said(4, { by: grace, sentAt: at('10:11') }),
  ]
  expect(headsOf(entries)).toEqual([1, 3, 4])
  expect(entries.map((_, index) => placementOf(entries, index, reader).isTail).slice(1)).toEqual([
    false,
    true,
    true,
    true,
  ])
})

test('a notice ends a group', () => {
  const notice: Entry = { kind: 'notice', id: 'notice-1', afterSeq: 1, moved: [] }
  expect(headsOf([start, said(1), notice, said(2)])).toEqual([1, 2])
})

test('a pending message joins the group of the own message before it', () => {
  const pending: Entry = {
    kind: 'pending',
    pending: { clientKey: said(9).clientKey, text: 'later', writtenAt: at('10:01') },
  }
  const entries = [start, said(1), pending]
  expect(placementOf(entries, 2, reader)).toEqual({ isHead: false, isTail: true, isOwn: true, isFirstNew: false })
})

test('each day is announced once, above its first message', () => {
  const notice: Entry = { kind: 'notice', id: 'notice-1', afterSeq: 2, moved: [] }
  const entries = [
    start,
    said(1, { sentAt: at('23:59') }),
    said(2, { sentAt: at('00:00', '2026-03-04') }),
    notice,
    said(3, { sentAt: at('00:01', '2026-03-04') }),
  ]
  const days = entries.map((_, index) => placementOf(entries, index, reader).startsDay)
  expect(days).toEqual([undefined, at('23:59'), at('00:00', '2026-03-04'), undefined, undefined])
  expect(headsOf(entries)).toEqual([1, 2, 3])
})

test('the unread line stands above the first message of others after what was read', () => {
  const entries = [start, said(1, { by: grace }), said(2), said(3, { by: grace }), said(4, { by: grace })]
  const lines = (readUntil: number) =>
    entries.map((_, index) => placementOf(entries, index, { you: ada, readUntil }).isFirstNew).indexOf(true)
  expect([lines(0), lines(1), lines(2), lines(3), lines(Infinity)]).toEqual([1, 3, 3, 4, -1])
})

test('a clock that was set back is said once, and begins a group and its day anew', () => {
  const tomorrow = (time: string) => at(time, '2026-03-04')
  const notice: Entry = { kind: 'notice', id: 'notice-1', afterSeq: 2, moved: [] }
  const entries = [
    start,
    said(1, { sentAt: at('10:00') }),
    said(2, { sentAt: tomorrow('12:00') }),
    notice,
    said(3, { sentAt: at('10:02') }),
    said(4, { sentAt: at('10:03') }),
    said(5, { sentAt: at('09:58') }),
    said(6, { sentAt: at('09:52') }),
  ]
  const places = entries.map((_, index) => placementOf(entries, index, reader))
  const corrected = entries.flatMap((entry, index) =>
    'seq' in entry && places[index]?.followsCorrection ? [entry.seq] : [],
  )
  expect([corrected, headsOf(entries)]).toEqual([
    [3, 6],
    [1, 2, 3, 6],
  ])
  expect(places.flatMap(({ startsDay }) => startsDay ?? [])).toEqual([at('10:00'), tomorrow('12:00'), at('10:02')])
})

test('a damaged message says nothing of the clock', () => {
  const entries = [start, said(1, { sentAt: at('10:00') }), said(2, { sentAt: 0, damaged: true }), said(3)]
  const corrected = entries.map((_, index) => placementOf(entries, index, reader).followsCorrection)
  expect(corrected).toEqual([undefined, undefined, undefined, undefined])
})
