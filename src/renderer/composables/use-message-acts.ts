import type { MessageChange } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { reactionOf } from '#shared/reaction-of'
import { useChanges } from '../stores/changes'
import { useCompositions } from '../stores/compositions'
import { useRecentEmoji } from '../stores/recent-emoji'
import { useToasts } from '../stores/toasts'
import { errorWords } from '../text/errors'
import { actionWords } from '../text/messages'
import { useCopy } from './use-copy'
import { useCurrentRoom } from './use-current-room'
import { useInvitation } from './use-invitation'

/** What can be done to a message of the room on screen. */
export function useMessageActs() {
  const [room, changes, compositions, toasts] = [useCurrentRoom(), useChanges(), useCompositions(), useToasts()]
  const [recent, copy, { link }] = [useRecentEmoji(), useCopy(), useInvitation()]

  async function change({ seq }: Message, wanted: MessageChange) {
    const reply = await changes.make(room.value.key, seq, wanted)
    if (!reply.ok) toasts.show(errorWords[reply.error.code])
  }
  const hasMine = ({ reactions }: Message, emoji: string) =>
    reactionOf(reactions, emoji)?.memberIds.includes(room.value.you.memberId) ?? false

  return {
    hasMine,
    reply: ({ seq }: Message) => compositions.reply(room.value.key, seq),
    edit: ({ seq }: Message) => compositions.edit(room.value.key, seq),
    remove: (message: Message) => change(message, { kind: 'delete' }),
    pin: (message: Message) => change(message, { kind: message.pinned ? 'unpin' : 'pin' }),
    react(message: Message, emoji: string) {
      const isMine = hasMine(message, emoji)
      if (!isMine) recent.use(emoji)
      return change(message, { kind: isMine ? 'unreact' : 'react', emoji })
    },
    copyText: ({ text }: Message) => copy(text, actionWords.copiedText),
    async copyLink({ seq }: Message) {
      if (link.value === undefined) toasts.show(actionWords.noLink)
      else await copy(`${link.value}#${seq}`, actionWords.copiedLink)
    },
  }
}
