import type { Message } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

/** How many of other people's messages came after `readSeq`. */
export function countUnread(messages: readonly Message[], readSeq: number, you: MemberId): number {
  let unread = 0
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]
    if (!message || message.seq <= readSeq) break
    if (message.author.memberId !== you) unread++
  }
  return unread
}
