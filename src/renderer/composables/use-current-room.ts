import { inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { OpenRoom } from '../stores/rooms'

const currentRoomKey: InjectionKey<ComputedRef<OpenRoom>> = Symbol('current room')

export const provideCurrentRoom = (room: ComputedRef<OpenRoom>) => provide(currentRoomKey, room)

/** The room on screen, for the components of the chat screen. */
export function useCurrentRoom(): ComputedRef<OpenRoom> {
  const room = inject(currentRoomKey)
  if (!room) throw new Error('only the chat screen has a current room')
  return room
}
