import { expect, test } from 'vitest'
import { countUnread } from '../../../src/renderer/conversation/count-unread'
import { ada, grace, said } from './support/conversation'

test('only messages of others after the last one read are unread', () => {
  const messages = [said(1, { by: grace }), said(2, { by: grace }), said(3), said(4, { by: grace })]
  expect(countUnread(messages, 1, ada)).toBe(2)
  expect(countUnread(messages, 4, ada)).toBe(0)
  expect(countUnread([], 0, ada)).toBe(0)
})
