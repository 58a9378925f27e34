import { onScopeDispose, type ShallowRef } from 'vue'

interface Parts {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  pick: (seq: number | undefined) => void
  openMenu: (seq: number) => void
}

const longPressMs = 500

/** A message comes into the hand of who points at it or taps it; a finger that stays opens its menu. */
export function useMessagePointer({ scroller, pick, openMenu }: Parts) {
  let pressing: ReturnType<typeof setTimeout> | undefined
  let pointedAt = { x: -1, y: -1 }

  /** A list that moves under a resting mouse takes nothing out of the hands of who uses the keyboard. */
  const isHeldByKeys = () => Boolean(scroller.value?.querySelector('article:focus-visible, article :focus-visible'))

  function point({ pointerType, clientX, clientY }: PointerEvent, seq: number | undefined) {
    const isResting = clientX === pointedAt.x && clientY === pointedAt.y
    pointedAt = { x: clientX, y: clientY }
    if (pointerType === 'mouse' && !(isResting && isHeldByKeys())) pick(seq)
  }
  function touch(event: PointerEvent) {
    clearTimeout(pressing)
    const seq = seqAt(event.target)
    if (event.pointerType === 'mouse' || seq === undefined) return
    pressing = setTimeout(() => openMenu(seq), longPressMs)
  }
  function move({ pointerType, clientX, clientY }: PointerEvent) {
    if (pointerType === 'mouse') pointedAt = { x: clientX, y: clientY }
    else release()
  }
  const release = () => clearTimeout(pressing)
  onScopeDispose(release)

  return {
    pointerover: (event: PointerEvent) => point(event, seqAt(event.target)),
    pointerleave: (event: PointerEvent) => point(event, undefined),
    pointerdown: touch,
    pointerup: release,
    pointercancel: release,
    pointermove: move,
  }
}

/** The message that an element belongs to. */
export function seqAt(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('article[data-seq]') : null
  return row?.dataset.seq === undefined ? undefined : Number(row.dataset.seq)
}
