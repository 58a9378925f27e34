import { onScopeDispose } from 'vue'
import { isKnownTo, isPressed, type ShortcutId } from '../keyboard/shortcuts'
import { usePlatform } from './use-platform'

const floats = 'dialog, [role=dialog], [role=alertdialog], [role=menu]'

interface Handling {
  /** What may be done now. */
  acts: () => Partial<Record<ShortcutId, () => void>>
  /** Any other key. */
  otherwise?: (press: KeyboardEvent) => void
}

/** Does what is pressed anywhere in the page, but in what floats above it. */
export function useShortcuts({ acts, otherwise }: Handling, page: Document = document) {
  const { kind } = usePlatform()
  const isMac = page.defaultView?.navigator.userAgent.includes('Mac') ?? false

  function follow(press: KeyboardEvent) {
    if (press.defaultPrevented || press.isComposing || isInside(press, floats)) return
    const wanted = acts()
    const id = (Object.keys(wanted) as ShortcutId[]).find((one) => isKnownTo(kind, one) && isPressed(press, one, isMac))
    if (!id) return otherwise?.(press)
    press.preventDefault()
    wanted[id]?.()
  }

  page.addEventListener('keydown', follow)
  onScopeDispose(() => page.removeEventListener('keydown', follow))
}

export const isInside = (press: KeyboardEvent, selector: string): boolean =>
  press.target instanceof Element && press.target.closest(selector) !== null
