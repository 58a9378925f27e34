import { nextTick, type Ref, type ShallowRef } from 'vue'
import { isMessage, type Entry } from '../conversation/entries'
import type { ActiveMessage } from './use-active-message'
import { seqAt, useMessagePointer } from './use-message-pointer'
import type { RowList } from './use-stick-to-end'

interface Parts {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  list: Readonly<ShallowRef<RowList | null>>
  rows: Readonly<Ref<readonly Entry[]>>
  active: ActiveMessage
  reach: (row: Entry, align: 'nearest') => void
}

/** One message of the log is in hand: ↑ and ↓ move from one to the next, pointer and finger pick, Enter opens its menu. */
export function useMessageFocus({ scroller, list, rows, active, reach }: Parts) {
  const pick = (seq: number | undefined) => active.open === undefined && void (active.seq = seq)

  async function move(step: -1 | 1, from: EventTarget | null) {
    const seq = seqAt(from)
    const start = seq === undefined ? belowView() : rows.value.findIndex((row) => isMessage(row) && row.seq === seq)
    let index = start + step
    while (index >= 0 && index < rows.value.length && !isMessage(rows.value[index])) index += step
    const row = rows.value[index]
    if (!isMessage(row)) return
    active.seq = row.seq
    reach(row, 'nearest')
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

  function openFor(seq: number | undefined, what: 'menu' | 'emoji') {
    pick(seq)
    if (seq !== undefined) void nextTick(() => (active.open = what))
  }
  const openMenu = (seq: number | undefined) => openFor(seq, 'menu')
  function reactToLatest() {
    const latest = rows.value
      .filter(isMessage)
      .filter(({ deletedAt }) => deletedAt === undefined)
      .at(-1)
    if (latest) openFor(latest.seq, 'emoji')
  }

  const hands = {
    keydown: press,
    focusin: (event: FocusEvent) => seqAt(event.target) !== undefined && pick(seqAt(event.target)),
    ...useMessagePointer({ scroller, pick, openMenu }),
    click: (event: MouseEvent) => pick(seqAt(event.target) ?? active.seq),
  }
  return { hands, reactToLatest }
}
