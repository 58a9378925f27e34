import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { FileId } from '#shared/protocol/ids'
import { useFileUrls } from '../stores/file-urls'
import { useOwnBytes } from '../stores/own-bytes'
import { useCurrentRoom } from './use-current-room'
import { useIsOnline } from './use-is-online'
import { useObjectUrl } from './use-object-url'

/** Where a file can be shown from: this window's own bytes, else the server's. Asked again when the server is back. What has more than `mostBytes` is not shown. */
export function useFileUrl(fileId: MaybeRefOrGetter<FileId | undefined>, { mostBytes = Infinity } = {}) {
  const [room, urls, ownBytes, isOnline] = [useCurrentRoom(), useFileUrls(), useOwnBytes(), useIsOnline()]
  const bytes = computed(() => ownBytes.of(toValue(fileId)))
  const own = useObjectUrl(bytes)
  const opened = ref<string>()
  const hasFailed = ref(false)
  const isHeavy = ref(false)

  let isThere = true
  onScopeDispose(() => (isThere = false))

  async function open() {
    const id = toValue(fileId)
    opened.value = undefined
    hasFailed.value = false
    isHeavy.value = false
    if (id === undefined || bytes.value) return
    const isWanted = () => isThere && id === toValue(fileId)
    const reply = await urls.open(room.value.key, id, isWanted)
    if (!isWanted()) return
    if (!reply.ok) hasFailed.value = true
    else if ((reply.value.size ?? 0) > mostBytes) isHeavy.value = true
    else opened.value = reply.value.url
  }

  /** What was found at the address is no picture, or no longer there. */
  function fail() {
    const id = toValue(fileId)
    if (id !== undefined) urls.forget(room.value.key, id)
    hasFailed.value = true
  }

  // Own bytes are let go of when many files are sent: from then on the server shows what it has.
  watch([() => toValue(fileId), () => bytes.value === undefined], open, { immediate: true })
  watch(isOnline, (is) => is && hasFailed.value && open())
  return { url: computed(() => own.value ?? opened.value), hasFailed, isHeavy, open, fail }
}
