import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keyboardPage } from '../../../src/renderer/keyboard/keyboard-page'
import { shortcutsIn } from '../../../src/renderer/keyboard/shortcut-rows'
import { isPressed, keyNames, keysOf, shortcuts, type ShortcutId } from '../../../src/renderer/keyboard/shortcuts'

const press = (key: string, held: Partial<Record<'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey', boolean>> = {}) => ({
  ...{ key, code: '', shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, getModifierState: () => false },
  ...held,
})
const withAltGraph = { getModifierState: (name: string) => name === 'AltGraph' }

test('docs/keyboard.md is what the app knows', () => {
  const page = readFileSync(new URL('../../../docs/keyboard.md', import.meta.url), 'utf8')
  expect(page).toBe(keyboardPage())
})

test('a shortcut is its keys and no others, with Ctrl or ⌘ alike', () => {
  expect(isPressed(press('b', { ctrlKey: true }), 'bold')).toBe(true)
  expect(isPressed(press('B', { metaKey: true }), 'bold')).toBe(true)
  expect(isPressed(press('b'), 'bold')).toBe(false)
  expect(isPressed(press('b', { ctrlKey: true, altKey: true }), 'bold')).toBe(false)
  expect(isPressed({ ...press('˚', { metaKey: true, altKey: true }), code: 'KeyK' }, 'link')).toBe(true)
  // On many keyboards the slash is typed with Shift.
  expect(isPressed(press('/', { ctrlKey: true, shiftKey: true }), 'help')).toBe(true)
})

test('a letter is the one on the key wherever that is, and the key’s place counts only in another script', () => {
  const held = { ctrlKey: true }
  // Dvorak has J where others have C, and B where they have N; Russian has И where English has B.
  expect(isPressed({ ...press('b', held), code: 'KeyN' }, 'bold')).toBe(true)
  expect(isPressed({ ...press('x', held), code: 'KeyB' }, 'bold')).toBe(false)
  expect(isPressed({ ...press('c', held), code: 'KeyI' }, 'italic')).toBe(false)
  expect(isPressed({ ...press('и', held), code: 'KeyB' }, 'bold')).toBe(true)
  expect(isPressed({ ...press('б', held), code: 'Comma' }, 'settings')).toBe(true)
  expect(isPressed({ ...press(';', held), code: 'Comma' }, 'settings')).toBe(false)
})

test('what AltGr types is no shortcut', () => {
  expect(isPressed({ ...press('b', { ctrlKey: true }), ...withAltGraph }, 'bold')).toBe(false)
  expect(isPressed({ ...press('k', { ctrlKey: true, altKey: true }), ...withAltGraph }, 'link')).toBe(false)
  // Firefox on a Mac says it of the Option key.
  expect(isPressed({ ...press('ArrowUp', { altKey: true }), ...withAltGraph }, 'previousRoom')).toBe(true)
  expect(isPressed({ ...press('˚', { metaKey: true, altKey: true }), ...withAltGraph, code: 'KeyK' }, 'link')).toBe(
    true,
  )
})

test('what moves by words on a Mac goes back and forth elsewhere', () => {
  const wordwise = press('ArrowLeft', { altKey: true })
  expect([isPressed(wordwise, 'backward'), isPressed(wordwise, 'backward', true)]).toEqual([true, false])
  expect(isPressed(press('[', { metaKey: true }), 'backward', true)).toBe(true)
  expect(keysOf('backward', true)).toEqual(['Mod+['])
  // With Shift, the key of the backslash gives another sign.
  expect(isPressed({ ...press('|', { ctrlKey: true, shiftKey: true }), code: 'Backslash' }, 'reactLatest')).toBe(true)
})

test('no two shortcuts of one place have the same keys', () => {
  const taken = (Object.keys(shortcuts) as ShortcutId[])
    .filter((id) => id !== 'complete')
    .flatMap((id) => shortcuts[id].keys.map((keys) => keys))
  expect(new Set(taken).size).toBe(taken.length)
})

test('the help finds shortcuts by words and by keys', () => {
  expect(shortcutsIn('writing', { asked: 'bold' }).map(({ id }) => id)).toEqual(['bold'])
  expect(shortcutsIn('writing', { asked: 'ctrl+alt' }).map(({ id }) => id)).toEqual(['link'])
  expect(shortcutsIn('everywhere', { asked: 'nothing is called that' })).toEqual([])
  // In a browser it is not there: Shift+Esc is Chrome's own.
  const markRead = (kind: 'desktop' | 'web') => shortcutsIn('everywhere', { asked: 'shift+esc', kind })
  expect([markRead('desktop').map(({ id }) => id), markRead('web')]).toEqual([['markAllRead'], []])
  expect(keyNames('Mod+Shift+ArrowUp', true)).toEqual(['⌘', 'Shift', '↑'])
})
