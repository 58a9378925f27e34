import { onScopeDispose, type ShallowRef } from 'vue'
import { useCompositions } from '../stores/compositions'
import { usePanels } from '../stores/panels'
import { useRooms, type OpenRoom } from '../stores/rooms'
import { useUnread } from '../stores/unread'
import { focusNextRegion } from '../regions'
import { useEnterRoom } from './use-enter-room'

export interface ReadingKeys {
  toLatest: () => void
  toFirstUnread: () => void
  dismissUnread: () => boolean
  page: (direction: -1 | 1) => void
}

interface Parts {
  room: () => OpenRoom
  log: Readonly<ShallowRef<ReadingKeys | null>>
  composer: Readonly<ShallowRef<{ focus: () => void } | null>>
}

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey'> & { control: boolean }

const floats = '[role=dialog], [role=alertdialog], [role=menu]'
const fields = 'input, textarea, select'

/** The keys of the whole chat screen. Any other printable key goes to the composer. */
export function useChatKeys({ room, log, composer }: Parts, page: Document = document) {
  const [rooms, unread, panels, compositions] = [useRooms(), useUnread(), usePanels(), useCompositions()]
  const enterRoom = useEnterRoom()

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

  const acts: readonly { is: (press: Press) => boolean; act: (press: Press) => void }[] = [
    {
      is: ({ key, altKey, control }) => altKey && !control && (key === 'ArrowUp' || key === 'ArrowDown'),
      act: ({ key, shiftKey }) => nextRoom(key === 'ArrowUp' ? -1 : 1, shiftKey),
    },
    { is: ({ key, shiftKey }) => key === 'PageUp' && shiftKey, act: () => log.value?.toFirstUnread() },
    {
      is: ({ key, control }) => !control && (key === 'PageUp' || key === 'PageDown'),
      act: ({ key }) => log.value?.page(key === 'PageUp' ? -1 : 1),
    },
    { is: ({ key, control }) => control && key === 'End', act: () => log.value?.toLatest() },
    {
      is: ({ key, control, altKey }) => control && !altKey && key.toLowerCase() === 'k',
      act: () => void (panels.switches = true),
    },
    {
      is: ({ key, control, altKey }) => control && !altKey && key.toLowerCase() === 'f',
      act: ({ shiftKey }) => panels.search(shiftKey ? 'everywhere' : 'room'),
    },
    { is: ({ key }) => key === 'F6', act: ({ shiftKey }) => focusNextRegion(shiftKey ? -1 : 1, page) },
    { is: ({ key, shiftKey }) => key === 'Escape' && shiftKey, act: () => unread.markAllRead() },
    { is: ({ key }) => key === 'Escape', act: escape },
  ]

  function follow(press: KeyboardEvent) {
    if (press.defaultPrevented || press.isComposing || isInside(press, floats)) return
    const { key, shiftKey, altKey } = press
    const pressed = { key, shiftKey, altKey, control: press.ctrlKey || press.metaKey }
    const found = acts.find(({ is }) => is(pressed))
    if (!found) {
      if (isTyping(press) && !isInside(press, fields)) composer.value?.focus()
      return
    }
    press.preventDefault()
    found.act(pressed)
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
