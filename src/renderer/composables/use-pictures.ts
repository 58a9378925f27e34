import { computed } from 'vue'
import type { Attachment } from '#shared/protocol/files'
import { kindOf } from '../files/file-kind'
import { useBlocks } from '../stores/blocks'
import { useLightbox } from '../stores/lightbox'
import { useMessages } from '../stores/messages'
import { useCurrentRoom } from './use-current-room'

/** The pictures of what is loaded of the room on screen, oldest first, and the one that is shown large. */
export function usePictures() {
  const [room, messages, blocks, lightbox] = [useCurrentRoom(), useMessages(), useBlocks(), useLightbox()]

  const isThere = ({ expiresAt }: Attachment) => expiresAt === undefined || expiresAt > Date.now()
  const all = computed(() =>
    messages
      .shownIn(room.value.key)
      .messages.filter(({ author }) => !blocks.has(room.value.server, author.memberId))
      .flatMap(({ attachments }) => attachments)
      .filter((file) => isThere(file) && kindOf(file) === 'picture'),
  )
  const index = computed(() => all.value.findIndex(({ fileId }) => fileId === lightbox.shown))
  const current = computed(() => all.value[index.value])

  function step(by: -1 | 1) {
    const next = all.value[index.value + by]
    if (next) lightbox.open(next.fileId)
  }
  return { all, index, current, step }
}
