import { roomWords } from '../text/rooms'
import { useToasts } from '../stores/toasts'
import { usePlatform } from './use-platform'

/** Copies a text and says so; where that is impossible, selects it in `shown` and says how to go on. */
export function useCopy() {
  const platform = usePlatform()
  const toasts = useToasts()

  return async (text: string, copied: string, shown?: HTMLElement | null) => {
    const reply = await platform.copyText({ text })
    if (reply.ok) {
      toasts.show(copied)
      return
    }
    if (shown) shown.ownerDocument.getSelection()?.selectAllChildren(shown)
    toasts.show(roomWords.copyFailed)
  }
}
