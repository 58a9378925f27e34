type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode'>

// What a key press reports while an input method handles it; Safari says so here and not in isComposing.
const handledByInputMethod = 229

/** What a key press in the composer does: Enter sends, Shift+Enter breaks the line, an input method keeps its Enter. */
export function composerAction(press: KeyPress): 'send' | 'type' {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === handledByInputMethod) return 'type'
  return press.shiftKey || press.altKey ? 'type' : 'send'
}
