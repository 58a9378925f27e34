import type { News, RoomKey } from '#shared/bridge'
import type { Client } from '#client'
import type { Message } from '#shared/protocol/entities'

/** What a window on Parlor's own client shows of one room: messages merged from its news alone. */
export interface ParlorViewer {
  /** In order of seq. */
  shown: () => readonly Message[]
  head: () => number
  /** Loads older messages until the room's first one is shown. */
  scrollToTop: () => Promise<void>
}

export function viewRoom(client: Client, key: RoomKey, complain: (complaint: string) => void): ParlorViewer {
  const bySeq = new Map<number, Message>()
  let head = 0

  function merge(messages: readonly Message[]) {
    for (const message of messages) {
      const known = bySeq.get(message.seq)
      if (known && known.rev === message.rev && known.text !== message.text)
        complain(`${key}: ${message.seq} is two messages`)
      if (!known || known.rev < message.rev) bySeq.set(message.seq, message)
      head = Math.max(head, message.seq)
    }
  }
  function replace(messages: readonly Message[]) {
    bySeq.clear()
    head = 0
    merge(messages)
  }
  function hear(news: News) {
    if (news.kind === 'room_opened' && news.room.key === key) replace(news.room.messages)
    if (news.kind === 'messages' && news.key === key) (news.reset ? replace : merge)(news.messages)
    if (news.kind === 'room_gone' && news.key === key) complain(`${key} is gone: ${news.reason}`)
  }

  replace(client.state().rooms.find((room) => room.key === key)?.messages ?? [])
  client.onNews((batch) => batch.forEach(hear))

  return {
    shown: () => [...bySeq.values()].sort((one, other) => one.seq - other.seq),
    head: () => head,
    async scrollToTop() {
      for (
        let before = Math.min(...bySeq.keys());
        before > 1 && before !== Infinity;
        before = Math.min(...bySeq.keys())
      ) {
        const page = await client.calls.fetchMessages({ key, where: { before } })
        if (!page.ok) throw new Error(`history before ${before} was refused: ${page.error.code}`)
        merge(page.value.messages)
        if (bySeq.has(before - 1)) continue
        complain(`${key}: history before ${before} does not reach it`)
        return
      }
    },
  }
}
