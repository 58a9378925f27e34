import { nextTick, onScopeDispose, readonly, ref, watch, type Ref, type ShallowRef } from 'vue'
import type { VirtualizerHandle } from 'virtua/vue'

const nearPx = 30
/** How long what a hand began goes on moving the list. */
const handMs = 1_000
const handMoves = ['wheel', 'touchmove', 'pointerdown', 'keydown']

export type RowList = VirtualizerHandle & { readonly $el: Element }

interface Parts {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  list: Readonly<ShallowRef<RowList | null>>
  length: () => number
  /** Whether the last row is the newest there is. */
  hasNewest: () => boolean
}

/** Keeps a list at its newest row while its reader is there, whatever grows or shrinks, and leaves it alone elsewhere. */
export function useStickToEnd({ scroller, list, length, hasNewest }: Parts) {
  const isAtEnd = ref(true)
  let [lastTop, lastContent, lastBox, handAt] = [0, 0, 0, -Infinity]

  /** The reader's hand is on the list. */
  function byHand() {
    handAt = performance.now()
  }

  const isByHand = () => performance.now() - handAt < handMs

  function pin() {
    const box = scroller.value
    if (!isAtEnd.value || !box) return
    box.scrollTop = box.scrollHeight
    // A list that stood at its end already is not scrolled, and nothing else would tell how large it is now.
    note(box)
  }
  function note({ scrollTop, scrollHeight, clientHeight }: Element) {
    lastTop = scrollTop
    lastContent = scrollHeight
    lastBox = clientHeight
  }

  function follow() {
    const box = scroller.value ?? document.documentElement
    const { scrollTop, scrollHeight, clientHeight } = box
    const range = scrollHeight - clientHeight
    const isNear = hasNewest() && range - scrollTop <= nearPx
    // Rows that turn out smaller move the list up and growth below leaves the end behind: only the reader may leave it.
    // Rows and box may grow by the same and leave the range as it was, so each is compared.
    const isStill = scrollHeight === lastContent && clientHeight === lastBox
    const isByReader = isStill || isByHand()
    if (isNear || (scrollTop < lastTop - 1 && isByReader)) isAtEnd.value = isNear
    note(box)
  }

  async function toLatest() {
    isAtEnd.value = true
    await nextTick()
    // Not the list's own scrollToIndex: it keeps returning to that row for as long as rows are measured.
    pin()
  }

  const sizes = new ResizeObserver(pin)
  watch([scroller, list], ([box, rows], _before, onCleanup) => {
    if (!box || !rows) return
    for (const element of [box, rows.$el]) sizes.observe(element)
    for (const kind of handMoves) box.addEventListener(kind, byHand, { passive: true })
    onCleanup(() => {
      sizes.disconnect()
      for (const kind of handMoves) box.removeEventListener(kind, byHand)
    })
  })
  watch(length, () => void nextTick(pin))
  onScopeDispose(() => sizes.disconnect())

  return {
    isAtEnd: readonly(isAtEnd) as Readonly<Ref<boolean>>,
    follow,
    byHand,
    isByHand,
    toLatest,
    leaveEnd: () => void (isAtEnd.value = false),
  }
}
