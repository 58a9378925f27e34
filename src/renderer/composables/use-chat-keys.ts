import type { ShallowRef } from 'vue'
import type { ShortcutId } from '../keyboard/shortcuts'
import { useCompositions } from '../stores/compositions'
import { usePanels } from '../stores/panels'
import type { OpenRoom } from '../stores/rooms'
import { focusNextRegion } from '../regions'
import { isInside, useShortcuts } from './use-shortcuts'

export interface ReadingKeys {
  toLatest: () => void
  toFirstUnread: () => void
  dismissUnread: () => void
  page: (direction: -1 | 1) => void
  reactToLatest: () => void
}

interface Parts {
  room: () => OpenRoom
  log: Readonly<ShallowRef<ReadingKeys | null>>
  composer: Readonly<ShallowRef<{ focus: () => void; attach: () => void } | null>>
}

const fields = 'input, textarea, select'

/** The keys of the chat screen, beside those of every screen. Any other printable key goes to the composer. */
export function useChatKeys({ room, log, composer }: Parts) {
  const [panels, compositions] = [usePanels(), useCompositions()]

  /** One step back: out of an answer or an edit, out of a panel, to the newest message. */
  function escape() {
    const { key } = room()
    const { replyTo, editing } = compositions.inRoom(key)
    if (replyTo !== undefined || editing !== undefined) compositions.cancel(key)
    else if (panels.panel !== 'people') panels.close()
    else {
      log.value?.dismissUnread()
      log.value?.toLatest()
    }
    composer.value?.focus()
  }

  const acts: Partial<Record<ShortcutId, () => void>> = {
    searchRoom: () => panels.search('room'),
    searchAll: () => panels.search('everywhere'),
    nextRegion: () => focusNextRegion(1),
    previousRegion: () => focusNextRegion(-1),
    back: escape,
    attach: () => composer.value?.attach(),
    pageUp: () => log.value?.page(-1),
    pageDown: () => log.value?.page(1),
    firstUnread: () => log.value?.toFirstUnread(),
    latest: () => log.value?.toLatest(),
    reactLatest: () => log.value?.reactToLatest(),
  }

  useShortcuts({
    acts: () => acts,
    otherwise: (press) => {
      if (isTyping(press) && !isInside(press, fields)) composer.value?.focus()
    },
  })
}

function isTyping(press: KeyboardEvent): boolean {
  const pastes = (press.ctrlKey || press.metaKey) && press.key.toLowerCase() === 'v'
  return pastes || (press.key.length === 1 && press.key !== ' ' && !press.ctrlKey && !press.metaKey && !press.altKey)
}
