import { expect, test } from 'vitest'
import { condenseNotices, type Movement, type Notice } from '../../../src/renderer/conversation/condense-notices'
import { noticePhrases } from '../../../src/renderer/conversation/notice-phrases'
import type { MemberId } from '#shared/protocol/ids'

type Step = [name: string, movement: Movement, afterSeq?: number]

function noticesAfter(...steps: Step[]): readonly Notice[] {
  let notices: readonly Notice[] = []
  steps.forEach(([name, movement, afterSeq = 1], index) => {
    notices = condenseNotices(notices, { memberId: name as MemberId, name, movement }, afterSeq, `notice-${index}`)
  })
  return notices
}
const lines = (notices: readonly Notice[]) => notices.map(noticePhrases)

test('people who join between two messages share one line', () => {
  expect(lines(noticesAfter(['Ada', 'joined'], ['Grace', 'joined'], ['Linus', 'left']))).toEqual([
    [
      { movement: 'joined', names: ['Ada', 'Grace'] },
      { movement: 'left', names: ['Linus'] },
    ],
  ])
})

test('a message between two movements makes two lines', () => {
  expect(lines(noticesAfter(['Ada', 'joined', 1], ['Grace', 'joined', 2]))).toEqual([
    [{ movement: 'joined', names: ['Ada'] }],
    [{ movement: 'joined', names: ['Grace'] }],
  ])
})

test('coming and going without a message between leaves no line', () => {
  expect(noticesAfter(['Ada', 'joined'], ['Ada', 'left'])).toEqual([])
  expect(noticesAfter(['Ada', 'disconnected'], ['Ada', 'returned'])).toEqual([])
})

test('of several movements of one person the last is told', () => {
  expect(lines(noticesAfter(['Ada', 'returned'], ['Ada', 'left']))).toEqual([[{ movement: 'left', names: ['Ada'] }]])
})
