import type { Output } from '#shared/protocol/contract'
import type { RoomId } from '#shared/protocol/ids'
import type { MessageChange } from '../store/store'
import type { Caller, Services } from './handler'
import { requirePerson } from './person'

/** Makes a change durable and tells the room, unless it was so already. */
export async function changeMessage(
  { roomId, seq }: { roomId: RoomId; seq: number },
  change: MessageChange,
  caller: Caller,
  { store, announce, now }: Services,
): Promise<Output<'edit_message'>> {
  const { memberId } = requirePerson(caller)
  const { message, isChanged } = await store.changeMessage({ roomId, memberId, seq, at: now(), change })
  if (isChanged) announce(roomId, 'message_changed', { message })
  return { message }
}
