import { nextTick, ref, type Ref, type ShallowRef } from 'vue'
import type { Edit } from '../writing/wrap'

/** A field with a caret: what is selected in it, and changes of its text that leave the caret where it belongs. */
export function useField(field: Readonly<ShallowRef<HTMLTextAreaElement | null>>, text: Ref<string>) {
  const caret = ref(0)
  const focus = () => field.value?.focus()
  const selection = () => ({
    start: field.value?.selectionStart ?? text.value.length,
    end: field.value?.selectionEnd ?? text.value.length,
  })
  const follow = () => void (caret.value = selection().end)

  function apply({ start, end, text: put, select }: Edit) {
    text.value = text.value.slice(0, start) + put + text.value.slice(end)
    void nextTick(() => {
      focus()
      field.value?.setSelectionRange(select.start, select.end)
      follow()
    })
  }
  function insert(put: string) {
    const { start, end } = selection()
    apply({ start, end, text: put, select: { start: start + put.length, end: start + put.length } })
  }
  return { caret, focus, selection, follow, apply, insert }
}
