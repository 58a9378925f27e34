import type { Ref } from 'vue'
import { composerAction, isInputMethods } from '../composer-key'
import { isPressed, type ShortcutId } from '../keyboard/shortcuts'
import { useWriting } from '../stores/writing'
import { linked, wrapped, type Edit, type Range } from '../writing/wrap'
import type { useOwnMessages } from './use-own-messages'
import type { useSuggestions } from './use-suggestions'

interface Parts {
  text: Readonly<Ref<string>>
  selection: () => Range
  apply: (edit: Edit) => void
  suggestions: ReturnType<typeof useSuggestions>
  own: ReturnType<typeof useOwnMessages>
  send: () => void
}

/** The keys of the composer: first those of an open list of suggestions, then its own. */
export function useComposerKeys({ text, selection, apply, suggestions, own, send }: Parts) {
  const { items, chosen, start, move, dismiss } = suggestions
  const writing = useWriting()

  function pick(index: number) {
    const item = items.value[index]
    if (!item) return
    const end = start() + item.text.length
    apply({ start: start(), end: selection().end, text: item.text, select: { start: end, end } })
    // A longer name may begin the same; who picked has said which is meant.
    dismiss()
  }
  const wrap = (mark: string) => apply(wrapped(text.value, selection(), mark))

  const link = () => apply(linked(text.value, selection()))

  const acts: readonly (readonly [ShortcutId, () => boolean, () => void])[] = [
    ['bold', always, () => wrap('**')],
    ['italic', always, () => wrap('_')],
    ['code', always, () => wrap('`')],
    ['link', always, link],
    ['switcher', () => selection().start < selection().end, link],
    ['editLast', () => text.value === '', own.editLast],
    ['replyLatest', () => text.value === '', own.replyLatest],
    ['recallEarlier', own.mayRecall, () => own.recall(1)],
    ['recallLater', own.mayRecall, () => own.recall(-1)],
  ]

  function inSuggestions(press: KeyboardEvent): boolean {
    if (items.value.length === 0 || press.shiftKey || press.ctrlKey || press.metaKey || press.altKey) return false
    if (press.key === 'ArrowUp' || press.key === 'ArrowDown') move(press.key === 'ArrowUp' ? -1 : 1)
    else if (isPressed(press, 'complete')) pick(chosen.value)
    else if (press.key === 'Escape') dismiss()
    else return false
    return true
  }

  function inComposer(press: KeyboardEvent): boolean {
    const act = acts.find(([id, may]) => isPressed(press, id) && may())
    if (act) act[2]()
    else if (composerAction(press, writing.sendsWithEnter) === 'send') send()
    else return false
    return true
  }

  function pressed(press: KeyboardEvent) {
    if (!isInputMethods(press) && (inSuggestions(press) || inComposer(press))) press.preventDefault()
  }
  return { pressed, pick }
}

const always = () => true
