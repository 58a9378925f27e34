import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { ownServer } from '#shared/address'
import type { Hosting } from '#shared/bridge'
import { usePlatform } from '../composables/use-platform'

/** The room server this computer runs, if it does. */
export const useHosting = defineStore('hosting', () => {
  const platform = usePlatform()
  const hosting = shallowRef<Hosting>({ state: 'stopped' })
  /** Only the desktop app can open rooms; a browser can join them. */
  const canHost = platform.kind === 'desktop'

  const receive = (news: Hosting) => void (hosting.value = news)
  const stop = () => platform.stopHosting({})
  const startWith = (copy: string) => platform.reconnect({ server: ownServer, copy })

  return { hosting, canHost, receive, stop, startWith }
})
