import type { Platform } from '#shared/bridge'

export type Place = 'everywhere' | 'reading' | 'writing'

/** Every shortcut there is. `Mod` is Ctrl, on a Mac ⌘. The help, docs/keyboard.md and the handlers read this list. */
export const shortcuts = {
  help: { keys: ['Mod+/'], where: 'everywhere' },
  switcher: { keys: ['Mod+K'], where: 'everywhere' },
  searchRoom: { keys: ['Mod+F'], where: 'everywhere' },
  searchAll: { keys: ['Mod+Shift+F'], where: 'everywhere' },
  settings: { keys: ['Mod+,'], where: 'everywhere' },
  previousRoom: { keys: ['Alt+ArrowUp'], where: 'everywhere' },
  nextRoom: { keys: ['Alt+ArrowDown'], where: 'everywhere' },
  previousUnread: { keys: ['Alt+Shift+ArrowUp'], where: 'everywhere' },
  nextUnread: { keys: ['Alt+Shift+ArrowDown'], where: 'everywhere' },
  backward: { keys: ['Alt+ArrowLeft', 'Mod+['], where: 'everywhere' },
  forward: { keys: ['Alt+ArrowRight', 'Mod+]'], where: 'everywhere' },
  nextRegion: { keys: ['F6', 'Mod+F6'], where: 'everywhere' },
  previousRegion: { keys: ['Shift+F6', 'Mod+Shift+F6'], where: 'everywhere' },
  markAllRead: { keys: ['Shift+Escape'], where: 'everywhere', only: 'desktop' },
  back: { keys: ['Escape'], where: 'everywhere' },
  pageUp: { keys: ['PageUp'], where: 'reading' },
  pageDown: { keys: ['PageDown'], where: 'reading' },
  firstUnread: { keys: ['Shift+PageUp'], where: 'reading' },
  latest: { keys: ['Mod+End'], where: 'reading' },
  reactLatest: { keys: ['Mod+Shift+\\'], where: 'reading' },
  send: { keys: ['Enter', 'Mod+Enter'], where: 'writing' },
  newLine: { keys: ['Shift+Enter'], where: 'writing' },
  bold: { keys: ['Mod+B'], where: 'writing' },
  italic: { keys: ['Mod+I'], where: 'writing' },
  code: { keys: ['Mod+E'], where: 'writing' },
  link: { keys: ['Mod+Alt+K'], where: 'writing' },
  attach: { keys: ['Mod+U'], where: 'writing' },
  editLast: { keys: ['ArrowUp'], where: 'writing' },
  replyLatest: { keys: ['Shift+ArrowUp'], where: 'writing' },
  recallEarlier: { keys: ['Mod+ArrowUp'], where: 'writing' },
  recallLater: { keys: ['Mod+ArrowDown'], where: 'writing' },
  complete: { keys: ['Tab', 'Enter'], where: 'writing' },
} as const satisfies Record<string, { keys: readonly string[]; where: Place; only?: Platform['kind'] }>
export type ShortcutId = keyof typeof shortcuts

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'getModifierState'>

// On a Mac these go from word to word.
const notOnMac: readonly string[] = ['Alt+ArrowLeft', 'Alt+ArrowRight']

export const keysOf = (id: ShortcutId, isMac: boolean): readonly string[] =>
  shortcuts[id].keys.filter((keys) => !isMac || !notOnMac.includes(keys))

/** Browsers have uses of their own for some: Shift+Esc opens Chrome's task manager. */
export const isKnownTo = (kind: Platform['kind'], id: ShortcutId): boolean => {
  const shortcut = shortcuts[id]
  return !('only' in shortcut) || shortcut.only === kind
}

/** Whether a key press is one of a shortcut's. */
export const isPressed = (press: Press, id: ShortcutId, isMac = false): boolean =>
  !typesSign(press) && keysOf(id, isMac).some((keys) => fits(press, keys))

// AltGr types what else is on a key. On a Mac, Firefox says it of the Option key too.
const typesSign = (press: Press): boolean => press.getModifierState('AltGraph') && (!press.altKey || press.ctrlKey)

const codes: Readonly<Record<string, string>> = {
  '\\': 'Backslash',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  ',': 'Comma',
  '/': 'Slash',
}

/** By what is on the key; by its place only in a script without that letter, or where Shift makes another sign of it. */
function isKey(press: Press, key: string): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  const isAscii = /^[\x20-\x7e]$/.test(press.key)
  return (!isAscii || (press.shiftKey && key === '\\')) && press.code === (codes[key] ?? `Key${key}`)
}

function fits(press: Press, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  return (
    isKey(press, key) &&
    parts.includes('Mod') === (press.ctrlKey || press.metaKey) &&
    parts.includes('Alt') === press.altKey &&
    (parts.includes('Shift') === press.shiftKey || key === '/')
  )
}

const names: Readonly<Record<string, string>> = {
  ...{ ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' },
  ...{ Escape: 'Esc', PageUp: 'PgUp', PageDown: 'PgDn' },
}

/** A shortcut's keys as they stand on the keyboard. */
export const keyNames = (keys: string, isMac: boolean): readonly string[] =>
  keys.split('+').map((key) => (key === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : (names[key] ?? key)))
