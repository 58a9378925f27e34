import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import { usePageStorage } from '../composables/use-page-storage'

/** What is written and not sent yet, per room; kept in this window's storage. */
export const useDrafts = defineStore('drafts', () => {
  const storage = usePageStorage()
  const byRoom = shallowReactive(new Map<RoomKey, string>())

  const inRoom = (key: RoomKey): string => byRoom.get(key) ?? storage.read(`draft:${key}`) ?? ''

  function keep(key: RoomKey, text: string) {
    byRoom.set(key, text)
    storage.write(`draft:${key}`, text === '' ? undefined : text)
  }

  return { inRoom, keep }
})
