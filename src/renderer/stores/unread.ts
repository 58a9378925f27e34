import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { unreadOf } from '../conversation/unread-of'
import { mentionsMe } from '../markup/mentions'
import { useBlocks } from './blocks'
import { useMembers } from './members'
import { useMessages } from './messages'
import { useRooms, type OpenRoom } from './rooms'

/** How many messages wait to be read and how many of them mean this person, per room and in all. */
export const useUnread = defineStore('unread', () => {
  const [rooms, messages, members, blocks] = [useRooms(), useMessages(), useMembers(), useBlocks()]

  /** What others have said after a seq, the newest first; those who are blocked have said nothing. */
  const since = ({ key, server, you }: OpenRoom, seq: number): readonly Message[] =>
    unreadOf(messages.inRoom(key), seq, you.memberId).filter(({ author }) => !blocks.has(server, author.memberId))

  /** Whether older ones than are loaded came after a seq, too. */
  function hasMoreSince({ key }: OpenRoom, seq: number): boolean {
    const { messages: loaded, older } = messages.liveIn(key)
    return older !== 'none' && (loaded[0]?.seq ?? 0) > seq
  }

  function countIn(open: OpenRoom) {
    const { key, room, readSeq, you } = open
    const waiting = since(open, readSeq)
    const people = members.inRoom(key)
    // In a conversation of two everything is meant for the other.
    const isMeant = (text: string) => room.kind === 'direct' || mentionsMe(text, you.memberId, people)
    return {
      unread: waiting.length,
      mentions: waiting.filter(({ text }) => isMeant(text)).length,
      hasMore: waiting.length > 0 && hasMoreSince(open, readSeq),
    }
  }

  const byRoom = computed(() => new Map(rooms.all.map((room) => [room.key, countIn(room)])))
  const total = computed(() => [...byRoom.value.values()].reduce((sum, { unread }) => sum + unread, 0))
  const inRoom = (key: RoomKey): number => byRoom.value.get(key)?.unread ?? 0
  const hasMoreIn = (key: RoomKey): boolean => byRoom.value.get(key)?.hasMore ?? false
  const hasMoreBeside = (key?: RoomKey): boolean =>
    [...byRoom.value].some(([other, { hasMore }]) => other !== key && hasMore)
  const mentionsIn = (key: RoomKey): number => byRoom.value.get(key)?.mentions ?? 0

  function markAllRead() {
    for (const { key } of rooms.all) rooms.markRead(key, messages.inRoom(key).at(-1)?.seq ?? 0)
  }

  return { since, hasMoreSince, inRoom, hasMoreIn, hasMoreBeside, mentionsIn, total, markAllRead }
})
