import { nextTick, onScopeDispose, readonly, ref, watch, type Ref, type ShallowRef } from 'vue'
import type { VirtualizerHandle } from 'virtua/vue'

const nearPx = 30

export type RowList = VirtualizerHandle & { readonly $el: Element }

interface Parts {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  list: Readonly<ShallowRef<RowList | null>>
  length: () => number
}

/** Keeps a list at its newest row while its reader is there, whatever grows or shrinks, and leaves it alone elsewhere. */
export function useStickToEnd({ scroller, list, length }: Parts) {
  const isAtEnd = ref(true)
  let lastTop = 0

  function pin() {
    if (isAtEnd.value && scroller.value) scroller.value.scrollTop = scroller.value.scrollHeight
  }

  function follow() {
    const { scrollTop, scrollHeight, clientHeight } = scroller.value ?? document.documentElement
    const isNear = scrollHeight - scrollTop - clientHeight <= nearPx
    // Growth below also leaves the end behind; only going up means that the reader wants to.
    if (isNear || scrollTop < lastTop - 1) isAtEnd.value = isNear
    lastTop = scrollTop
  }

  async function toLatest() {
    isAtEnd.value = true
    await nextTick()
    list.value?.scrollToIndex(length() - 1, { align: 'end' })
    pin()
  }

  const sizes = new ResizeObserver(pin)
  watch([scroller, list], ([box, rows], _before, onCleanup) => {
    if (!box || !rows) return
    for (const element of [box, rows.$el]) sizes.observe(element)
    onCleanup(() => sizes.disconnect())
  })
  watch(length, () => void nextTick(pin))
  onScopeDispose(() => sizes.disconnect())

  return {
    isAtEnd: readonly(isAtEnd) as Readonly<Ref<boolean>>,
    follow,
    toLatest,
    leaveEnd: () => void (isAtEnd.value = false),
  }
}
