import { onScopeDispose, readonly, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'

/** True once `condition` has held for `delayMs`; false as soon as it no longer does. */
export function useDelayed(condition: MaybeRefOrGetter<boolean>, delayMs: number): Readonly<Ref<boolean>> {
  const isDue = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => toValue(condition),
    (holds) => {
      clearTimeout(timer)
      if (!holds) isDue.value = false
      else timer = setTimeout(() => void (isDue.value = true), delayMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return readonly(isDue)
}
