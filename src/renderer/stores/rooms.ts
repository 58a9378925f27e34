import { defineStore } from 'pinia'
import { computed, shallowReactive, watch } from 'vue'
import type { ClientReply, JoinedRoom, PlatformCalls, RoomGoneReason, RoomKey } from '#shared/bridge'
import type { Room } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'
import { useMessages } from './messages'
import { usePrivacy } from './privacy'

/** A room this person is in, without what is said and who is there. */
export type OpenRoom = Pick<JoinedRoom, 'key' | 'server' | 'room' | 'you' | 'readSeq' | 'fileBytes' | 'ready'>

/** A room that closed while it was in use here. `unsent` is what the person wrote and nobody received. */
export interface GoneRoom {
  /** What it went by here. */
  readonly name: string
  readonly reason: RoomGoneReason
  readonly unsent: readonly string[]
}

const mostGone = 50

/**
 * The rooms this person is in, in the order they were entered, then those of two, the latest first; and those that went
 * away under them.
 */
export const useRooms = defineStore('rooms', () => {
  const [platform, privacy, messages] = [usePlatform(), usePrivacy(), useMessages()]
  const byKey = shallowReactive(new Map<RoomKey, OpenRoom>())
  const gone = shallowReactive(new Map<RoomKey, GoneRoom>())
  /** On the way in or out: the news of it has not arrived yet. */
  const passing = shallowReactive(new Set<RoomKey>())
  const isDirect = ({ room }: OpenRoom) => room.kind === 'direct'
  const lastAt = ({ key, room }: OpenRoom) => messages.inRoom(key).at(-1)?.sentAt ?? room.createdAt
  const all = computed(() => {
    const open = [...byKey.values()]
    const directs = open.filter(isDirect).map((room) => ({ room, at: lastAt(room) }))
    return [...open.filter((room) => !isDirect(room)), ...directs.sort((a, b) => b.at - a.at).map(({ room }) => room)]
  })
  const isOnSeveral = computed(() => new Set([...byKey.values()].map(({ server }) => server)).size > 1)

  function open({ key, server, room, you, readSeq, fileBytes, ready }: OpenRoom) {
    byKey.set(key, { key, server, room, you, readSeq, fileBytes, ready })
    gone.delete(key)
    passing.delete(key)
  }

  function change(key: RoomKey, change: Partial<OpenRoom>) {
    const known = byKey.get(key)
    if (known) byKey.set(key, { ...known, ...change })
  }

  function vanish(key: RoomKey, left: GoneRoom) {
    const isKnown = byKey.delete(key)
    if (!isKnown || left.reason === 'left' || passing.has(key)) return
    gone.set(key, left)
    for (const oldest of [...gone.keys()].slice(0, -mostGone)) gone.delete(oldest)
  }

  async function entered(reply: Promise<ClientReply<{ key: RoomKey }>>): Promise<ClientReply<{ key: RoomKey }>> {
    const answer = await reply
    if (answer.ok && !byKey.has(answer.value.key)) passing.add(answer.value.key)
    return answer
  }

  async function left(key: RoomKey, reply: Promise<ClientReply<unknown>>): Promise<ClientReply<unknown>> {
    passing.add(key)
    const answer = await reply
    if (!answer.ok) passing.delete(key)
    return answer
  }

  const join = (input: Parameters<PlatformCalls['joinRoom']>[0]) => entered(platform.joinRoom(input))
  const host = (input: Parameters<PlatformCalls['hostRoom']>[0]) => entered(platform.hostRoom(input))
  const openDirect = (key: RoomKey, memberId: MemberId) => entered(platform.openDirect({ key, memberId }))
  const leave = (key: RoomKey) => left(key, platform.leaveRoom({ key, how: 'leave' }))
  const close = (key: RoomKey) => left(key, platform.leaveRoom({ key, how: 'close' }))
  const settle = (input: Parameters<PlatformCalls['changeRoom']>[0]) => platform.changeRoom(input)

  const tellRead = (key: RoomKey, seq: number) =>
    platform.showPresence({ key, readSeq: seq, hidden: !privacy.showsReads })
  // What others know already is shown or taken back at once.
  watch(
    () => privacy.showsReads,
    () => {
      for (const { key, readSeq } of byKey.values()) if (readSeq > 0) void tellRead(key, readSeq)
    },
  )

  function markRead(key: RoomKey, seq: number) {
    if (seq <= (byKey.get(key)?.readSeq ?? Infinity)) return
    change(key, { readSeq: seq })
    void tellRead(key, seq)
  }

  const receiveRoom = (key: RoomKey, room: Room) => change(key, { room })
  const receiveRead = (key: RoomKey, seq: number) => change(key, { readSeq: seq })

  return {
    all,
    isOnSeveral,
    byKey,
    gone,
    passing,
    open,
    vanish,
    receiveRoom,
    receiveRead,
    join,
    host,
    openDirect,
    leave,
    close,
    settle,
    markRead,
  }
})
