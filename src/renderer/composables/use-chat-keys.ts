import { onScopeDispose, type ShallowRef } from 'vue'
import { useRooms, type OpenRoom } from '../stores/rooms'
import { useUnread } from '../stores/unread'
import { useEnterRoom } from './use-enter-room'

export interface ReadingKeys {
  toLatest: () => void
  page: (direction: -1 | 1) => void
}

interface Parts {
  room: () => OpenRoom
  log: Readonly<ShallowRef<ReadingKeys | null>>
  composer: Readonly<ShallowRef<{ focus: () => void } | null>>
}

const floats = '[role=dialog], [role=alertdialog], [role=menu]'
const fields = 'input, textarea, select'

/** The keys of the whole chat screen: PgUp/PgDn read, Ctrl+End jumps, Alt+↑/↓ changes rooms, typing goes to the composer. */
export function useChatKeys({ room, log, composer }: Parts, page: Document = document) {
  const [rooms, unread, enterRoom] = [useRooms(), useUnread(), useEnterRoom()]

  function nextRoom(step: -1 | 1, onlyUnread: boolean) {
    const keys = rooms.all.map(({ key }) => key)
    const start = keys.indexOf(room().key)
    for (let offset = 1; offset < keys.length; offset++) {
      const key = keys[(start + step * offset + keys.length) % keys.length]
      if (key && (!onlyUnread || unread.inRoom(key) > 0)) return void enterRoom(key)
    }
  }

  function follow(press: KeyboardEvent) {
    if (press.defaultPrevented || press.isComposing || isInside(press, floats)) return
    const control = press.ctrlKey || press.metaKey
    if (press.altKey && !control && (press.key === 'ArrowUp' || press.key === 'ArrowDown')) {
      nextRoom(press.key === 'ArrowUp' ? -1 : 1, press.shiftKey)
    } else if (press.key === 'PageUp' || press.key === 'PageDown') {
      log.value?.page(press.key === 'PageUp' ? -1 : 1)
    } else if (press.key === 'End' && control) {
      log.value?.toLatest()
    } else {
      if (isTyping(press) && !isInside(press, fields)) composer.value?.focus()
      return
    }
    press.preventDefault()
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
