import { watch } from 'vue'
import { useRooms } from '../stores/rooms'
import { useToasts } from '../stores/toasts'
import { goneWords } from '../text/rooms'
import { useRoomRoute } from './use-room-route'

/** Says so when a room ends that is not on screen; the one on screen says it itself. */
export function useGoneToasts() {
  const [rooms, toasts, { key: shown }] = [useRooms(), useToasts(), useRoomRoute()]

  watch(
    () => [...rooms.gone],
    (now, before) => {
      const known = new Set(before.map(([key]) => key))
      for (const [key, { name, reason }] of now) {
        if (known.has(key) || key === shown.value) continue
        toasts.show(`${name}: ${goneWords[reason].title}`)
      }
    },
  )
}
