import type { Message } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

/** Other people's messages after `readSeq`, the newest first; a deleted one is nothing to read. */
export function unreadOf(messages: readonly Message[], readSeq: number, you: MemberId): readonly Message[] {
  const unread: Message[] = []
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]
    if (!message || message.seq <= readSeq) break
    if (message.author.memberId !== you && message.deletedAt === undefined) unread.push(message)
  }
  return unread
}
