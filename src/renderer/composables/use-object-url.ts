import { onScopeDispose, readonly, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'

/** An address of bytes that are in this window, for as long as the calling scope lives. */
export function useObjectUrl(bytes: MaybeRefOrGetter<Blob | undefined>): Readonly<Ref<string | undefined>> {
  const url = ref<string>()
  const revoke = () => url.value !== undefined && URL.revokeObjectURL(url.value)
  watch(
    () => toValue(bytes),
    (now) => {
      revoke()
      url.value = now && URL.createObjectURL(now)
    },
    { immediate: true },
  )
  onScopeDispose(revoke)
  return readonly(url)
}
