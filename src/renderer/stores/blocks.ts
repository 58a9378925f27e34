import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'

/** Whom this person has blocked, per server. */
export const useBlocks = defineStore('blocks', () => {
  const platform = usePlatform()
  const byServer = shallowReactive(new Map<ServerUrl, ReadonlySet<MemberId>>())

  /** What this person wanted to see after all. */
  const unfolded = shallowReactive(new Set<string>())

  const has = (server: ServerUrl, memberId: MemberId): boolean => byServer.get(server)?.has(memberId) ?? false
  const receive = (server: ServerUrl, blocked: readonly MemberId[]) => void byServer.set(server, new Set(blocked))
  const change = (key: RoomKey, memberId: MemberId, blocked: boolean) =>
    platform.blockMember({ key, memberId, blocked })

  const isFolded = (server: ServerUrl, key: RoomKey, { seq, author }: Message): boolean =>
    has(server, author.memberId) && !unfolded.has(`${key}#${seq}`)
  function unfold(key: RoomKey, seqs: readonly number[]) {
    for (const seq of seqs) unfolded.add(`${key}#${seq}`)
  }

  return { has, isFolded, unfold, receive, change }
})
