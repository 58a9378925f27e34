import { expect, test } from 'vitest'
import { composerAction } from '../../../src/renderer/composer-key'

const press = (change: Partial<KeyboardEvent> = {}) => ({
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 13,
  ...change,
})

test('Enter sends', () => {
  expect(composerAction(press())).toBe('send')
  expect(composerAction(press({ ctrlKey: true }))).toBe('send')
})

test('where Enter does not send, Ctrl or ⌘ with it does', () => {
  expect(composerAction(press(), false)).toBe('type')
  expect([{ ctrlKey: true }, { metaKey: true }].map((held) => composerAction(press(held), false))).toEqual([
    'send',
    'send',
  ])
})

test.each([
  ['Shift+Enter', { shiftKey: true }],
  ['Alt+Enter', { altKey: true }],
  ['Enter while composing', { isComposing: true }],
  ["an input method's Enter in Safari", { keyCode: 229 }],
  ['another key', { key: 'a', keyCode: 65 }],
])('%s writes', (_name, change) => {
  expect(composerAction(press(change))).toBe('type')
})
