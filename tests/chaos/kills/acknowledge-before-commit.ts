import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '#shared/protocol/entities'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { NewMessage, Store, StoredMember } from '../../../src/server/store/store'

const page = 500

/** A disk as slow as some are: on a quick one a kill seldom falls between the acknowledgement and the commit. */
const commitAfterMs = 25

/**
 * Breaks a store in one point: a message is acknowledged as it will be stored, and only then committed. Sends of an
 * earlier life are still known again, so that nothing but the order of acknowledgement and commit is wrong.
 */
export function acknowledgeBeforeCommit(store: Store, report: (error: unknown) => void): Store {
  const rooms = new Map<RoomId, Promise<Map<string, Message>>>()
  const names = new Map<string, string>()

  const keyOf = ({ memberId, clientKey }: { memberId: string; clientKey: string }) => `${memberId} ${clientKey}`

  /** What the room holds now, by send; read once, before the room's first append. */
  function open(roomId: RoomId, { memberId, name }: StoredMember) {
    names.set(memberId, name)
    if (!rooms.has(roomId)) rooms.set(roomId, load(roomId, memberId))
  }
  async function load(roomId: RoomId, memberId: MemberId) {
    const { messages } = await store.history({ roomId, memberId, limit: page })
    return new Map(messages.map((message) => [keyOf({ ...message, ...message.author }), message]))
  }

  async function append(draft: NewMessage) {
    const posted = (await rooms.get(draft.roomId)) ?? new Map<string, Message>()
    const known = posted.get(keyOf(draft))
    if (known) return { message: known, isNew: false }

    const { roomId, memberId, clientKey, text, sentAt } = draft
    const seq = ([...posted.values()].at(-1)?.seq ?? 0) + 1
    const author = { memberId, name: names.get(memberId) ?? '' }
    const message: Message = { roomId, seq, rev: seq, clientKey, author, text, sentAt, pinned: false, reactions: [] }
    posted.set(keyOf(draft), message)
    sleep(commitAfterMs)
      .then(() => store.append(draft))
      .catch(report)
    return { message, isNew: true }
  }

  return {
    ...store,
    append,
    async createRoom(draft) {
      const made = await store.createRoom(draft)
      open(made.room.roomId, made.you)
      return made
    },
    async joinRoom(draft) {
      const entered = await store.joinRoom(draft)
      open(entered.room.roomId, entered.you)
      return entered
    },
  }
}
