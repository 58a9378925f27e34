import { shallowRef, watch, type ShallowRef } from 'vue'
import { summaryOf } from '../conversation/message-summary'
import { useBlocks } from '../stores/blocks'
import { useMessages } from '../stores/messages'
import { logWords } from '../text/messages'
import { useCurrentRoom } from './use-current-room'

interface Announced {
  readonly id: number
  readonly words: string
}

/** More than these at once are not read out, only counted. */
const mostAtOnce = 5

/** What others have said in the room on screen since it was opened, for who hears the screen: each message once. */
export function useAnnounced(): Readonly<ShallowRef<readonly Announced[]>> {
  const [room, messages, blocks] = [useCurrentRoom(), useMessages(), useBlocks()]
  const announced = shallowRef<readonly Announced[]>([])
  const { key, server, you } = room.value
  const newest = () => messages.inRoom(key).at(-1)?.seq ?? 0
  let [last, hasBegun] = [newest(), room.value.ready]

  function isNews(seq: number, authorId: typeof you.memberId) {
    return seq > last && authorId !== you.memberId && !blocks.has(server, authorId)
  }
  watch(
    () => messages.inRoom(key),
    (now) => {
      // What was said before is what the room opens with.
      if (!hasBegun) last = newest()
      hasBegun ||= room.value.ready
      const news = now.filter(({ seq, author, deletedAt }) => deletedAt === undefined && isNews(seq, author.memberId))
      last = Math.max(last, newest())
      if (news.length === 0) return
      announced.value =
        news.length > mostAtOnce
          ? [{ id: last, words: logWords.newMessages(news.length) }]
          : [
              ...announced.value,
              ...news.map(({ seq, author, ...said }) => ({
                id: seq,
                words: logWords.announced(author.name, summaryOf(said)),
              })),
            ].slice(-mostAtOnce)
    },
  )
  return announced
}
