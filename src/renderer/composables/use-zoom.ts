import { computed, onScopeDispose, ref, watch, type Ref, type ShallowRef } from 'vue'
import { fitWithin, type Box } from '../files/fit-within'

const steps = [1, 1.5, 2, 3, 4, 6, 8]
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
  return {
    box,
    isZoomed: computed(() => step.value > 0),
    canGrow: computed(() => step.value < steps.length - 1),
    grow: () => void (step.value = Math.min(step.value + 1, steps.length - 1)),
    shrink: () => void (step.value = Math.max(step.value - 1, 0)),
    fit: () => void (step.value = 0),
  }
}
