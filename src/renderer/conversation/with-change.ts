import type { MessageChange } from '#shared/bridge'
import type { Message, Reaction } from '#shared/protocol/entities'
import { reactionOf } from '#shared/reaction-of'
import type { MemberId } from '#shared/protocol/ids'

/** The message as it will be once the server has made the change. */
export function withChange(message: Message, change: MessageChange, you: MemberId): Message {
  switch (change.kind) {
    case 'edit':
      return { ...message, text: change.text, editedAt: message.editedAt ?? message.sentAt }
    case 'delete':
      return { ...message, text: '', deletedAt: message.sentAt, reactions: [], attachments: [], pinned: false }
    case 'react':
      return { ...message, reactions: withReaction(message.reactions, change.emoji, you) }
    case 'unreact':
      return { ...message, reactions: withoutReaction(message.reactions, change.emoji, you) }
    case 'pin':
    case 'unpin':
      return { ...message, pinned: change.kind === 'pin' }
  }
}

function withReaction(reactions: readonly Reaction[], emoji: string, you: MemberId): Reaction[] {
  const known = reactionOf(reactions, emoji)
  if (!known) return [...reactions, { emoji, memberIds: [you] }]
  return reactions.map((one) =>
    one === known && !one.memberIds.includes(you) ? { ...one, memberIds: [...one.memberIds, you] } : one,
  )
}

function withoutReaction(reactions: readonly Reaction[], emoji: string, you: MemberId): Reaction[] {
  const known = reactionOf(reactions, emoji)
  return reactions
    .map((one) => (one === known ? { ...one, memberIds: one.memberIds.filter((memberId) => memberId !== you) } : one))
    .filter(({ memberIds }) => memberIds.length > 0)
}
