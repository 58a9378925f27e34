import { defineStore } from 'pinia'
import { computed, type ComputedRef } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { unreadOf } from '../conversation/unread-of'
import { mentionsMe } from '../markup/mentions'
import { useBlocks } from './blocks'
import { useMembers } from './members'
import { useMessages } from './messages'
import { useRooms, type OpenRoom } from './rooms'

interface Count {
  unread: number
  mentions: number
  /** There are more than are loaded. */
  hasMore: boolean
}
const nothing: Count = { unread: 0, mentions: 0, hasMore: false }

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

  function countIn(open: OpenRoom): Count {
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

  /** Each room is counted by itself: what is said in one leaves the counts of the others as they are. */
  const counts = new Map<RoomKey, ComputedRef<Count>>()
  function countOf(key: RoomKey): Count {
    const known = counts.get(key)
    if (known) return known.value
    const made = computed(() => {
      const open = rooms.byKey.get(key)
      return open ? countIn(open) : nothing
    })
    counts.set(key, made)
    return made.value
  }

  const total = computed(() => rooms.all.reduce((sum, { key }) => sum + inRoom(key), 0))
  const inRoom = (key: RoomKey): number => countOf(key).unread
  const hasMoreIn = (key: RoomKey): boolean => countOf(key).hasMore
  const hasMoreBeside = (key?: RoomKey): boolean => rooms.all.some((other) => other.key !== key && hasMoreIn(other.key))
  const mentionsIn = (key: RoomKey): number => countOf(key).mentions

  function markAllRead() {
    for (const { key } of rooms.all) rooms.markRead(key, messages.inRoom(key).at(-1)?.seq ?? 0)
  }

  return { since, hasMoreSince, inRoom, hasMoreIn, hasMoreBeside, mentionsIn, total, markAllRead }
})
