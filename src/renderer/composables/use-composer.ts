import { computed, ref } from 'vue'
import { limits } from '#shared/protocol/limits'
import { graphemeCount, utf8Length } from '#shared/protocol/text'
import { useDrafts } from '../stores/drafts'
import { useOutbox } from '../stores/outbox'
import { composerWords, errorWords } from '../text/en'
import { useCurrentRoom } from './use-current-room'

const nearGraphemes = 400
const nearBytes = 2_048

/** What is being written in the room on screen: kept as a draft, measured, sent. */
export function useComposer(sent: () => void) {
  const [room, drafts, outbox] = [useCurrentRoom(), useDrafts(), useOutbox()]
  const { key } = room.value
  const error = ref<string>()
  const text = computed({ get: () => drafts.inRoom(key), set: (typed) => drafts.keep(key, typed) })
  const size = computed(() => sizeOf(text.value))
  const canSend = computed(() => text.value.trim() !== '' && !size.value?.isOver)

  async function send() {
    if (!canSend.value) return
    const written = text.value
    text.value = ''
    error.value = undefined
    const reply = await outbox.send(key, written.trimEnd())
    if (reply.ok) {
      sent()
      return
    }
    // What could not be kept goes back to where it was written.
    text.value = text.value === '' ? written : `${written}\n${text.value}`
    error.value = errorWords[reply.error.code]
  }

  return { text, size, canSend, error, send }
}

/** Words about the length of a message; undefined while it is nowhere near the limits. */
export function sizeOf(text: string): { words: string; isOver: boolean } | undefined {
  // No text has more graphemes than code units, nor more than three bytes per code unit.
  if (text.length <= limits.messageGraphemes - nearGraphemes && text.length * 3 <= limits.messageBytes) return undefined
  const left = limits.messageGraphemes - graphemeCount(text)
  const bytesLeft = limits.messageBytes - utf8Length(text)
  if (left < 0) return { words: composerWords.over(-left), isOver: true }
  if (bytesLeft < 0) return { words: composerWords.overBytes, isOver: true }
  if (left > nearGraphemes && bytesLeft > nearBytes) return undefined
  return { words: composerWords.left(Math.min(left, bytesLeft)), isOver: false }
}
