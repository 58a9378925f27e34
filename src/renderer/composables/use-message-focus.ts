import { nextTick, onScopeDispose, type Ref, type ShallowRef } from 'vue'
import { isMessage, type Entry } from '../conversation/entries'
import type { ActiveMessage } from './use-active-message'
import type { RowList } from './use-stick-to-end'

interface Parts {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  list: Readonly<ShallowRef<RowList | null>>
  rows: Readonly<Ref<readonly Entry[]>>
  active: ActiveMessage
  leaveEnd: () => void
}

const longPressMs = 500

/** One message of the log is in hand: ↑ and ↓ move from one to the next, pointer and finger pick, Enter opens its menu. */
export function useMessageFocus({ scroller, list, rows, active, leaveEnd }: Parts) {
  let pressing: ReturnType<typeof setTimeout> | undefined

  const pick = (seq: number | undefined) => active.open === undefined && void (active.seq = seq)

  async function move(step: -1 | 1, from: EventTarget | null) {
    const seq = seqAt(from)
    const start = seq === undefined ? belowView() : rows.value.findIndex((row) => isMessage(row) && row.seq === seq)
    let index = start + step
    while (index >= 0 && index < rows.value.length && !isMessage(rows.value[index])) index += step
    const row = rows.value[index]
    if (!isMessage(row)) return
    leaveEnd()
    active.seq = row.seq
    list.value?.scrollToIndex(index, { align: 'nearest' })
    await nextTick()
    elementOf(row.seq)?.focus({ preventScroll: true })
  }
  const belowView = () => {
    const box = list.value
    return box ? box.findItemIndex(box.scrollOffset + box.viewportSize) + 1 : rows.value.length
  }
  const elementOf = (seq: number) => scroller.value?.querySelector<HTMLElement>(`article[data-seq="${seq}"]`)

  function press(key: KeyboardEvent) {
    if (key.defaultPrevented || key.altKey || key.ctrlKey || key.metaKey || key.shiftKey) return
    const onRow = key.target instanceof Element && key.target.matches('article[data-seq]')
    if (!onRow && key.target !== scroller.value) return
    if (key.key === 'ArrowUp' || key.key === 'ArrowDown') void move(key.key === 'ArrowUp' ? -1 : 1, key.target)
    else if (onRow && (key.key === 'Enter' || key.key === 'ContextMenu')) openMenu(seqAt(key.target))
    else return
    key.preventDefault()
  }

  function openMenu(seq: number | undefined) {
    pick(seq)
    if (seq !== undefined) void nextTick(() => (active.open = 'menu'))
  }
  function touch(event: PointerEvent) {
    clearTimeout(pressing)
    const seq = seqAt(event.target)
    if (event.pointerType === 'mouse' || seq === undefined) return
    pressing = setTimeout(() => openMenu(seq), longPressMs)
  }
  const release = () => clearTimeout(pressing)
  onScopeDispose(release)

  return {
    keydown: press,
    focusin: (event: FocusEvent) => seqAt(event.target) !== undefined && pick(seqAt(event.target)),
    pointerover: (event: PointerEvent) => event.pointerType === 'mouse' && pick(seqAt(event.target)),
    pointerleave: (event: PointerEvent) => event.pointerType === 'mouse' && pick(undefined),
    pointerdown: touch,
    pointerup: release,
    pointercancel: release,
    pointermove: (event: PointerEvent) => event.pointerType !== 'mouse' && release(),
    click: (event: MouseEvent) => pick(seqAt(event.target) ?? active.seq),
  }
}

function seqAt(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('article[data-seq]') : null
  return row?.dataset.seq === undefined ? undefined : Number(row.dataset.seq)
}
