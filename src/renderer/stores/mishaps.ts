import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Mishap } from '#shared/bridge'
import { usePageStorage } from '../composables/use-page-storage'

const mostRemembered = 20

/** What was found amiss on this computer at this start, until the person has closed it. */
export const useMishaps = defineStore('mishaps', () => {
  const storage = usePageStorage()
  const found = shallowRef<readonly Mishap[]>([])
  const closed = shallowRef((storage.read('mishaps') ?? '').split('\n'))
  const shown = computed(() => found.value.filter(({ id }) => !closed.value.includes(id)))

  const receive = (mishaps: readonly Mishap[]) => void (found.value = mishaps)

  function close({ id }: Mishap) {
    closed.value = [...closed.value, id].slice(-mostRemembered)
    storage.write('mishaps', closed.value.join('\n'))
  }

  return { shown, receive, close }
})
