import { onScopeDispose, type ShallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { isPressed, type ShortcutId } from '../keyboard/shortcuts'
import { useCompositions } from '../stores/compositions'
import { usePanels } from '../stores/panels'
import { useRooms, type OpenRoom } from '../stores/rooms'
import { useUnread } from '../stores/unread'
import { focusNextRegion } from '../regions'
import { useEnterRoom } from './use-enter-room'

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

const floats = 'dialog, [role=dialog], [role=alertdialog], [role=menu]'
const fields = 'input, textarea, select'

/** The keys of the whole chat screen. Any other printable key goes to the composer. */
export function useChatKeys({ room, log, composer }: Parts, page: Document = document) {
  const [rooms, unread, panels, compositions] = [useRooms(), useUnread(), usePanels(), useCompositions()]
  const [enterRoom, router] = [useEnterRoom(), useRouter()]
  const isMac = page.defaultView?.navigator.userAgent.includes('Mac') ?? false

  function nextRoom(step: -1 | 1, onlyUnread: boolean) {
    const keys = rooms.all.map(({ key }) => key)
    const start = keys.indexOf(room().key)
    for (let offset = 1; offset < keys.length; offset++) {
      const key = keys[(start + step * offset + keys.length * keys.length) % keys.length]
      if (key && (!onlyUnread || unread.inRoom(key) > 0)) return void enterRoom(key)
    }
  }

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
    switcher: () => void (panels.switches = true),
    searchRoom: () => panels.search('room'),
    searchAll: () => panels.search('everywhere'),
    settings: () => void (panels.settings = true),
    previousRoom: () => nextRoom(-1, false),
    nextRoom: () => nextRoom(1, false),
    previousUnread: () => nextRoom(-1, true),
    nextUnread: () => nextRoom(1, true),
    backward: () => router.back(),
    forward: () => router.forward(),
    nextRegion: () => focusNextRegion(1, page),
    previousRegion: () => focusNextRegion(-1, page),
    markAllRead: unread.markAllRead,
    back: escape,
    attach: () => composer.value?.attach(),
    pageUp: () => log.value?.page(-1),
    pageDown: () => log.value?.page(1),
    firstUnread: () => log.value?.toFirstUnread(),
    latest: () => log.value?.toLatest(),
    reactLatest: () => log.value?.reactToLatest(),
  }

  function follow(press: KeyboardEvent) {
    if (press.defaultPrevented || press.isComposing || isInside(press, floats)) return
    const wanted = (Object.keys(acts) as ShortcutId[]).find((id) => isPressed(press, id, isMac))
    if (!wanted) {
      if (isTyping(press) && !isInside(press, fields)) composer.value?.focus()
      return
    }
    press.preventDefault()
    acts[wanted]?.()
  }

  page.addEventListener('keydown', follow)
  onScopeDispose(() => page.removeEventListener('keydown', follow))
}

const isInside = (press: KeyboardEvent, selector: string): boolean =>
  press.target instanceof Element && press.target.closest(selector) !== null

function isTyping(press: KeyboardEvent): boolean {
  const pastes = (press.ctrlKey || press.metaKey) && press.key.toLowerCase() === 'v'
  return pastes || (press.key.length === 1 && press.key !== ' ' && !press.ctrlKey && !press.metaKey && !press.altKey)
}
