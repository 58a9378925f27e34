import { defineStore } from 'pinia'
import { nextTick, shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { usePlatform } from '../composables/use-platform'
import { mergeBySeq } from '../conversation/merge-by-seq'

export type OlderState = 'none' | 'more' | 'loading' | 'failed'

/** What has been said, per room, in order of seq. The platform fills it; components read it. */
export const useMessages = defineStore('messages', () => {
  const platform = usePlatform()
  const byRoom = shallowReactive(new Map<RoomKey, readonly Message[]>())
  const older = shallowReactive(new Map<RoomKey, OlderState>())

  const inRoom = (key: RoomKey): readonly Message[] => byRoom.get(key) ?? []
  const olderIn = (key: RoomKey): OlderState => older.get(key) ?? 'none'

  function receive(key: RoomKey, news: readonly Message[]) {
    byRoom.set(key, mergeBySeq(inRoom(key), news))
  }

  function replace(key: RoomKey, messages: readonly Message[], hasOlder: boolean) {
    byRoom.set(key, mergeBySeq([], messages))
    older.set(key, hasOlder ? 'more' : 'none')
  }

  function forget(key: RoomKey) {
    byRoom.delete(key)
    older.delete(key)
  }

  async function fetchOlder(key: RoomKey) {
    const first = inRoom(key)[0]
    if (!first || !['more', 'failed'].includes(olderIn(key))) return
    older.set(key, 'loading')
    const reply = await platform.fetchHistory({ key, before: first.seq })
    // The list keeps its place for a change at its top alone, so let what else arrived be drawn first.
    await nextTick()
    if (inRoom(key)[0]?.seq !== first.seq) return
    if (reply.ok) receive(key, reply.value.messages)
    older.set(key, !reply.ok ? 'failed' : reply.value.hasMore ? 'more' : 'none')
  }

  return { inRoom, olderIn, receive, replace, forget, fetchOlder }
})
