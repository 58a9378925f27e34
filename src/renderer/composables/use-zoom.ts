import { computed, nextTick, onScopeDispose, ref, watch, type Ref, type ShallowRef } from 'vue'
import { fitWithin, type Box } from '../files/fit-within'

const steps = [1, 1.5, 2, 3, 4, 6, 8]
/** What a press on the picture itself goes to. */
const toggled = 2
const paddingPx = 16

/** How large a picture is drawn: as large as its stage has space for, or some steps beyond. */
export function useZoom(stage: Readonly<ShallowRef<HTMLElement | null>>, size: Readonly<Ref<Box>>) {
  const step = ref(0)
  const space = ref<Box>({ width: 1, height: 1 })
  const measure = () => {
    const element = stage.value
    // Without scroll bars, which come and go with the size.
    if (element) space.value = { width: element.offsetWidth - paddingPx, height: element.offsetHeight - paddingPx }
  }
  const sizes = new ResizeObserver(measure)
  watch(stage, (now, before) => {
    if (before) sizes.unobserve(before)
    if (now) sizes.observe(now)
  })
  onScopeDispose(() => sizes.disconnect())

  const box = computed(() => {
    const { width, height } = fitWithin(size.value, space.value)
    const scale = steps[step.value] ?? 1
    return { width: Math.round(width * scale), height: Math.round(height * scale) }
  })

  /** What is in the middle stays there. */
  async function go(to: number) {
    const element = stage.value
    const next = Math.min(Math.max(to, 0), steps.length - 1)
    if (!element || next === step.value) return
    const middle = (start: number, length: number, whole: number) => (start + length / 2) / Math.max(whole, 1)
    const across = middle(element.scrollLeft, element.clientWidth, element.scrollWidth)
    const down = middle(element.scrollTop, element.clientHeight, element.scrollHeight)
    step.value = next
    await nextTick()
    element.scrollLeft = across * element.scrollWidth - element.clientWidth / 2
    element.scrollTop = down * element.scrollHeight - element.clientHeight / 2
  }

  return {
    box,
    isZoomed: computed(() => step.value > 0),
    canGrow: computed(() => step.value < steps.length - 1),
    grow: () => void go(step.value + 1),
    shrink: () => void go(step.value - 1),
    fit: () => void go(0),
    /** Large, or as large as fits. */
    toggle: () => void go(step.value > 0 ? 0 : toggled),
  }
}
