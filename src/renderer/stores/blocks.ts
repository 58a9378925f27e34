import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { RoomKey } from '#shared/bridge'
import type { MemberId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'

/** Whom this person has blocked, per server. */
export const useBlocks = defineStore('blocks', () => {
  const platform = usePlatform()
  const byServer = shallowReactive(new Map<ServerUrl, ReadonlySet<MemberId>>())

  const has = (server: ServerUrl, memberId: MemberId): boolean => byServer.get(server)?.has(memberId) ?? false
  const receive = (server: ServerUrl, blocked: readonly MemberId[]) => void byServer.set(server, new Set(blocked))
  const change = (key: RoomKey, memberId: MemberId, blocked: boolean) =>
    platform.blockMember({ key, memberId, blocked })

  return { has, receive, change }
})
