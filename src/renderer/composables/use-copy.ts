import { usePanels } from '../stores/panels'
import { useToasts } from '../stores/toasts'
import { usePlatform } from './use-platform'

/** Copies a text and says so; where that is impossible, shows it to be copied by hand. */
export function useCopy() {
  const [platform, toasts, panels] = [usePlatform(), useToasts(), usePanels()]

  return async (text: string, copied: string) => {
    const reply = await platform.copyText({ text })
    if (reply.ok) toasts.show(copied)
    else panels.toCopy = text
  }
}
