import { useRouter } from 'vue-router'
import { usePanels } from '../stores/panels'
import { useRooms } from '../stores/rooms'
import { useUnread } from '../stores/unread'
import { useEnterRoom } from './use-enter-room'
import { useRoomRoute } from './use-room-route'
import { useShortcuts } from './use-shortcuts'

/** The keys of every screen: those that lead from room to room, wherever there are rooms, and the settings. */
export function useAppKeys() {
  const [rooms, unread, panels] = [useRooms(), useUnread(), usePanels()]
  const [{ key: shown }, enterRoom, router] = [useRoomRoute(), useEnterRoom(), useRouter()]

  /** Around and around; on a screen without a room from before the first, or from behind the last. */
  function nextRoom(step: -1 | 1, isWanted: (waiting: number) => boolean = () => true) {
    const keys = rooms.all.map(({ key }) => key)
    const here = keys.findIndex((key) => key === shown.value)
    const others = here < 0 ? keys : [...keys.slice(here + 1), ...keys.slice(0, here)]
    const inTurn = step === 1 ? others : others.reverse()
    const next = inTurn.find((key) => isWanted(unread.inRoom(key)))
    if (next) void enterRoom(next)
  }
  const isUnread = (waiting: number) => waiting > 0

  const everywhere = {
    settings: () => void (panels.settings = true),
    backward: () => router.back(),
    forward: () => router.forward(),
  }
  const amongRooms = {
    switcher: () => void (panels.switches = true),
    previousRoom: () => nextRoom(-1),
    nextRoom: () => nextRoom(1),
    previousUnread: () => nextRoom(-1, isUnread),
    nextUnread: () => nextRoom(1, isUnread),
    markAllRead: unread.markAllRead,
  }
  useShortcuts({ acts: () => (rooms.all.length > 0 ? { ...everywhere, ...amongRooms } : everywhere) })
}
