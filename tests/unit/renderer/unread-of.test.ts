import { expect, test } from 'vitest'
import { unreadOf } from '../../../src/renderer/conversation/unread-of'
import { ada, grace, said } from './support/conversation'

test('only messages of others after the last one read are unread', () => {
  const messages = [said(1, { by: grace }), said(2, { by: grace }), said(3), said(4, { by: grace })]
  expect(unreadOf(messages, 1, ada)).toEqual([messages[3], messages[1]])
  expect(unreadOf(messages, 4, ada)).toEqual([])
  expect(unreadOf([], 0, ada)).toEqual([])
})
