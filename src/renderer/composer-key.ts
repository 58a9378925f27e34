// Our own shape: `keyCode` is deprecated, and the only word Safari has for an Enter that an input method keeps.
interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly isComposing: boolean
  readonly keyCode: number
}

const handledByInputMethod = 229

/** Whether an input method is at work, which then has the key. */
export const isInputMethods = (press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean =>
  press.isComposing || press.keyCode === handledByInputMethod

/** What a key press in the composer does: Enter sends, Shift+Enter breaks the line, an input method keeps its Enter. */
export function composerAction(press: KeyPress, sendsWithEnter = true): 'send' | 'type' {
  if (press.key !== 'Enter' || isInputMethods(press)) return 'type'
  const isMeant = sendsWithEnter || press.ctrlKey || press.metaKey
  return press.shiftKey || press.altKey || !isMeant ? 'type' : 'send'
}
