import { expect, test } from 'vitest'
import { mergeBySeq } from '../../../src/renderer/conversation/merge-by-seq'
import { said } from './support/conversation'

test('new messages follow the known ones', () => {
  expect(mergeBySeq([said(1), said(2)], [said(3)])).toEqual([said(1), said(2), said(3)])
})

test('an older page goes in front', () => {
  expect(mergeBySeq([said(5)], [said(2), said(3)])).toEqual([said(2), said(3), said(5)])
})

test('a message that arrives twice stands once, and a hole is filled in order', () => {
  expect(mergeBySeq([said(1), said(4)], [said(4), said(3), said(2)])).toEqual([said(1), said(2), said(3), said(4)])
})

test('of two versions the higher rev stays, whichever came first', () => {
  const changed = said(2, { rev: 9, text: 'changed' })
  expect(mergeBySeq([said(1), said(2)], [changed])).toEqual([said(1), changed])
  expect(mergeBySeq([said(1), changed], [said(2)])).toEqual([said(1), changed])
})

test('no news changes nothing', () => {
  const known = [said(1)]
  expect(mergeBySeq(known, [])).toBe(known)
})
