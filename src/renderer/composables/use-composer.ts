import { computed, ref } from 'vue'
import { countGraphemes } from '#shared/graphemes'
import { limits } from '#shared/protocol/limits'
import { utf8Length } from '#shared/protocol/text'
import { useCompositions } from '../stores/compositions'
import { useDrafts } from '../stores/drafts'
import { useTrays } from '../stores/trays'
import { errorWords } from '../text/errors'
import { composerWords } from '../text/writing'
import { useCurrentRoom } from './use-current-room'

const nearGraphemes = 400
const nearBytes = 2_048
/** A book that was pasted is not counted with every key pressed after it. */
const mostCounted = 100_000

/** What is being written in the room on screen: kept as a draft, measured, sent. An edit leaves the draft alone. */
export function useComposer(sent: () => void) {
  const [room, drafts, compositions, trays] = [useCurrentRoom(), useDrafts(), useCompositions(), useTrays()]
  const { key } = room.value
  const error = ref<string>()
  const editing = computed(() => compositions.inRoom(key).editing)
  const text = computed({
    get: () => (editing.value === undefined ? drafts.inRoom(key) : compositions.revisedIn(key)),
    set: (typed) => (editing.value === undefined ? drafts.keep(key, typed) : compositions.revise(key, typed)),
  })
  const size = computed(() => sizeOf(text.value))
  const tray = computed(() => trays.inRoom(key))
  const takesFiles = computed(() => editing.value === undefined && tray.value.files.length > 0)
  /** The message is on its way to this device's storage, and may not be changed meanwhile. */
  const isKeeping = computed(() => tray.value.keeping !== undefined)
  const canSend = computed(() => {
    if (
      size.value?.isOver ||
      (takesFiles.value && (isKeeping.value || !tray.value.files.every(({ isRead }) => isRead)))
    )
      return false
    return text.value.trim() !== '' || takesFiles.value
  })

  async function send() {
    if (!canSend.value) return
    const [written, edited] = [text.value, editing.value]
    error.value = undefined
    if (takesFiles.value) return sendFiles(written)
    if (edited === undefined) text.value = ''
    const reply = await compositions.submit(key, written.trimEnd())
    if (reply === 'stopped') return
    if (reply.ok) {
      if (edited === undefined) sent()
      return
    }
    // What could not be kept goes back to where it was written.
    text.value = edited !== undefined || text.value === '' ? written : `${written}\n${text.value}`
    error.value = errorWords[reply.error.code]
  }

  /** A caption stays where it is written until everything is kept. */
  async function sendFiles(caption: string) {
    const reply = await compositions.submit(key, caption.trimEnd())
    if (reply === 'stopped') return
    if (!reply.ok) return void (error.value = errorWords[reply.error.code])
    text.value = ''
    sent()
  }

  return { text, size, canSend, takesFiles, isKeeping, error, editing, send }
}

/** Words about the length of a message; undefined while it is nowhere near the limits. */
export function sizeOf(text: string): { words: string; isOver: boolean } | undefined {
  // No text has more graphemes than code units, nor more than three bytes per code unit.
  if (text.length <= limits.messageGraphemes - nearGraphemes && text.length * 3 <= limits.messageBytes) return undefined
  if (text.length > mostCounted) return { words: composerWords.overBytes, isOver: true }
  const left = limits.messageGraphemes - countGraphemes(text)
  const bytesLeft = limits.messageBytes - utf8Length(text)
  if (left < 0) return { words: composerWords.over(-left), isOver: true }
  if (bytesLeft < 0) return { words: composerWords.overBytes, isOver: true }
  if (left > nearGraphemes && bytesLeft > nearBytes) return undefined
  return { words: composerWords.left(Math.min(left, bytesLeft)), isOver: false }
}
