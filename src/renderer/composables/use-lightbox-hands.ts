import { watch, type ShallowRef } from 'vue'

interface Parts {
  stage: Readonly<ShallowRef<HTMLElement | null>>
  isZoomed: () => boolean
  move: (by: -1 | 1) => void
  toggle: () => void
  close: () => void
}

const swipePx = 60

/** Mouse and fingers on a picture: a press on it makes it large, one beside it closes, a swipe goes on. */
export function useLightboxHands({ stage, isZoomed, move, toggle, close }: Parts) {
  let [startX, startY, hasSwiped] = [0, 0, false]

  function touched({ touches: [first], targetTouches }: TouchEvent) {
    hasSwiped = false
    // Two fingers are the browser's own way to look closer.
    startX = targetTouches.length === 1 ? (first?.clientX ?? 0) : Number.NaN
    startY = first?.clientY ?? 0
  }
  function released({ changedTouches: [last] }: TouchEvent) {
    const [x, y] = [(last?.clientX ?? 0) - startX, (last?.clientY ?? 0) - startY]
    if (isZoomed() || !(Math.abs(x) > swipePx) || Math.abs(y) > Math.abs(x)) return
    hasSwiped = true
    move(x > 0 ? -1 : 1)
  }
  function pressed({ target }: MouseEvent) {
    if (hasSwiped) return
    if (target === stage.value) close()
    else toggle()
  }

  watch(stage, (element) => {
    element?.addEventListener('click', pressed)
    element?.addEventListener('touchstart', touched, { passive: true })
    element?.addEventListener('touchend', released, { passive: true })
  })
}
