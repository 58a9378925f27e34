import type { Attachment } from '#shared/protocol/files'
import { useToasts } from '../stores/toasts'
import { errorWords } from '../text/errors'
import { fileWords } from '../text/files'
import { useCurrentRoom } from './use-current-room'
import { usePlatform } from './use-platform'

/** Saves a file of the room on screen where the person says. */
export function useSaveFile() {
  const [platform, room, toasts] = [usePlatform(), useCurrentRoom(), useToasts()]

  return async ({ fileId, name }: Pick<Attachment, 'fileId' | 'name'>) => {
    const reply = await platform.saveFile({ key: room.value.key, fileId, name })
    if (!reply.ok) toasts.show(errorWords[reply.error.code])
    // A browser shows its own downloads.
    else if (reply.value.isSaved && platform.kind === 'desktop') toasts.show(fileWords.saved)
  }
}
