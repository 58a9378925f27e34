import { nextTick, watch, type Ref, type ShallowRef } from 'vue'
import { isMessage, type Entry } from '../conversation/entries'
import type { RowList } from './use-stick-to-end'

interface Parts {
  scroller: Readonly<ShallowRef<HTMLElement | null>>
  list: Readonly<ShallowRef<RowList | null>>
  view: Readonly<Ref<{ rows: readonly Entry[]; isPrepended: boolean }>>
  isAtEnd: Readonly<Ref<boolean>>
  leaveEnd: () => void
}

/** Holds a row where it was asked for, or where it is read, while rows around it are measured. */
export function useHeldPlace({ scroller, list, view, isAtEnd, leaveEnd }: Parts) {
  /** Where the list is to stand: undefined when nothing is held, or what is held has gone. */
  let topOfHeld: (() => number | undefined) | undefined
  let stoodAt = NaN
  let isMoving = false

  function stand() {
    const [box, top] = [scroller.value, isAtEnd.value ? undefined : topOfHeld?.()]
    if (!box || top === undefined) {
      letGo()
      return
    }
    const before = box.scrollTop
    // Some screens scroll by whole pixels only: half of one is as near as it gets.
    if (Math.abs(before - top) > 0.5) box.scrollTop = top
    stoodAt = box.scrollTop
    isMoving ||= stoodAt !== before
  }
  const letGo = () => void (topOfHeld = undefined)
  // The list itself keeps a place first, in the same turn.
  const measured = () => void (topOfHeld && nextTick(stand))

  // Not the list's own scrollToIndex: where much is said it pulls its reader back for as long as new rows are measured.
  function reach(row: Entry, align: 'start' | 'center' | 'nearest') {
    leaveEnd()
    const at = align === 'nearest' ? sideOutside(row) : align
    topOfHeld = at && (() => topFor(row, at))
    stand()
  }
  function topFor(row: Entry, align: 'start' | 'center' | 'end') {
    const [index, box, height] = [indexOf(row), list.value, scroller.value?.clientHeight ?? 0]
    if (index < 0 || !box) return undefined
    const [start, rest] = [box.getItemOffset(index), height - box.getItemSize(index)]
    return start - { start: 0, center: rest / 2, end: rest }[align]
  }
  function sideOutside(row: Entry) {
    const [top, start, end] = [scroller.value?.scrollTop ?? 0, topFor(row, 'start'), topFor(row, 'end')]
    if (start !== undefined && start < top) return 'start'
    return end !== undefined && end > top ? 'end' : undefined
  }
  const indexOf = (row: Entry) =>
    view.value.rows.findIndex((one) => one === row || (isMessage(one) && isMessage(row) && one.seq === row.seq))

  /** By the lower edge of the first message in view: one that is no longer the first of all loses the day above it. */
  function holdRead(rows: readonly Entry[]) {
    const [box, top] = [list.value, scroller.value?.scrollTop ?? 0]
    const first = box?.findItemIndex(top) ?? 0
    const index = rows.findIndex((row, at) => at >= first && isMessage(row))
    const row = rows[index]
    if (!box || !row) {
      letGo()
      return
    }
    stoodAt = top
    const below = box.getItemOffset(index + 1) - top
    topOfHeld = () => {
      const now = indexOf(row)
      return now < 0 || !list.value ? undefined : list.value.getItemOffset(now + 1) - below
    }
  }

  /** A list that does not stand where it was put was scrolled by its reader. */
  const isByReader = () => topOfHeld !== undefined && scroller.value?.scrollTop !== stoodAt

  // Rows that come in above make the list keep its distance from the end: what is measured below would move what is read.
  watch(view, ({ isPrepended }, before) => {
    if (isByReader() || (isPrepended && !topOfHeld && !isAtEnd.value)) holdRead(before.rows)
    measured()
  })

  function follow() {
    isMoving = false
    if (isByReader()) holdRead(view.value.rows)
  }

  function rested() {
    if (!isMoving) letGo()
  }

  return { reach, follow, measured, rested }
}
