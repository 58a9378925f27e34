import { watch } from 'vue'
import { useRoute } from 'vue-router'
import { titleOf } from '../room-title'
import { useRooms } from '../stores/rooms'
import { useToasts } from '../stores/toasts'
import { goneWords } from '../text/rooms'

/** Says so when a room ends that is not on screen; the one on screen says it itself. */
export function useGoneToasts() {
  const [rooms, toasts, route] = [useRooms(), useToasts(), useRoute()]

  watch(
    () => [...rooms.gone],
    (now, before) => {
      const known = new Set(before.map(([key]) => key))
      for (const [key, { title, code, reason }] of now) {
        if (known.has(key) || route.params.roomId === code) continue
        toasts.show(`${titleOf({ title, roomId: code })}: ${goneWords[reason].title}`)
      }
    },
  )
}
