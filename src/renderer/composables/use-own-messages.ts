import type { Ref } from 'vue'
import type { ClientKey } from '#shared/protocol/ids'
import { useCompositions } from '../stores/compositions'
import { useMessages } from '../stores/messages'
import { useOutbox } from '../stores/outbox'
import { useCurrentRoom } from './use-current-room'

/** What the arrow keys of an empty composer reach: the last own message, the latest of all, and what was sent before. */
export function useOwnMessages(text: Ref<string>) {
  const [room, messages, outbox, compositions] = [useCurrentRoom(), useMessages(), useOutbox(), useCompositions()]
  let recalled = 0

  const living = () => messages.inRoom(room.value.key).filter(({ deletedAt }) => deletedAt === undefined)
  const own = () => living().filter(({ author }) => author.memberId === room.value.you.memberId)

  const said = () => own().filter(({ text: words }) => words !== '')

  function editLast() {
    const { key } = room.value
    const last: number | ClientKey | undefined = outbox.inRoom(key).at(-1)?.clientKey ?? own().at(-1)?.seq
    if (last !== undefined) compositions.edit(key, last)
  }

  function replyLatest() {
    const latest = living().at(-1)
    if (latest) compositions.reply(room.value.key, latest.seq)
  }

  /** Steps through the texts sent before; past the newest the box is empty again. */
  function recall(step: 1 | -1) {
    const sent = said()
    if (text.value === '' || sent.at(-recalled)?.text !== text.value) recalled = 0
    recalled = Math.min(Math.max(recalled + step, 0), sent.length)
    text.value = recalled === 0 ? '' : (sent.at(-recalled)?.text ?? '')
  }
  const mayRecall = () => text.value === '' || (recalled > 0 && said().at(-recalled)?.text === text.value)

  return { editLast, replyLatest, recall, mayRecall }
}
