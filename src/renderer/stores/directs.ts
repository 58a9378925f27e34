import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { RoomKey } from '#shared/bridge'
import type { DirectsFrom } from '#shared/protocol/contract'
import { usePlatform } from '../composables/use-platform'

/** From whom this person takes direct conversations, per server. */
export const useDirects = defineStore('directs', () => {
  const platform = usePlatform()
  const byServer = shallowReactive(new Map<ServerUrl, DirectsFrom>())

  const from = (server: ServerUrl): DirectsFrom => byServer.get(server) ?? 'everybody'
  const receive = (server: ServerUrl, now: DirectsFrom) => void byServer.set(server, now)
  const change = (key: RoomKey, directsFrom: DirectsFrom) => platform.blockMember({ key, directsFrom })

  return { from, receive, change }
})
