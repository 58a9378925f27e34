import type { Message } from '#shared/protocol/entities'
import type { ClientKey, MemberId } from '#shared/protocol/ids'

/** What clients have said they keep: each message, its last text or its deletion, and its author's part in reactions. */
export interface Promises {
  said: (clientKey: ClientKey, text: string) => void
  deleted: (clientKey: ClientKey) => void
  reacted: (message: Message, memberId: MemberId, emoji: string, isThere: boolean) => void
  /** In words, what of it the room as it is on the server does not keep. */
  broken: (messages: readonly Message[]) => readonly string[]
}

export function createPromises(): Promises {
  const texts = new Map<ClientKey, string>()
  const deletions = new Set<ClientKey>()
  const reactions = new Map<string, { clientKey: ClientKey; memberId: MemberId; emoji: string; isThere: boolean }>()

  function* brokenIn(messages: readonly Message[]): Generator<string> {
    for (const [clientKey, text] of texts) {
      const there = messages.filter((message) => message.clientKey === clientKey)
      const [message] = there
      if (!message || there.length > 1) yield `"${text}" stands ${there.length} times`
      else if (deletions.has(clientKey) !== (message.deletedAt !== undefined)) yield `"${text}" is not deleted, or is`
      else if (message.deletedAt === undefined && message.text !== text) yield `"${text}" is "${message.text}"`
    }
    for (const { clientKey, memberId, emoji, isThere } of reactions.values()) {
      const message = messages.find((one) => one.clientKey === clientKey)
      if (!message || message.deletedAt !== undefined) continue
      const by = message.reactions.find((reaction) => reaction.emoji === emoji)?.memberIds ?? []
      if (by.includes(memberId) !== isThere) yield `${emoji} on "${message.text}" is ${isThere ? 'missing' : 'left'}`
    }
  }

  return {
    said: (clientKey, text) => void texts.set(clientKey, text),
    deleted: (clientKey) => void deletions.add(clientKey),
    reacted({ clientKey }, memberId, emoji, isThere) {
      reactions.set(`${clientKey} ${memberId} ${emoji}`, { clientKey, memberId, emoji, isThere })
    },
    broken: (messages) => [...brokenIn(messages)],
  }
}
