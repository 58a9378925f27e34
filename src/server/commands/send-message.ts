import { spendInRoom } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const sendMessage: Handler<'send_message'> = async (input, caller, services) => {
  const { store, announce, typing, budgets, now } = services
  const { memberId } = requirePerson(caller)
  const { roomId, replyTo, ...said } = input
  spendInRoom('messages', { memberId, roomId }, budgets)

  const answered = replyTo === undefined ? {} : { replyTo }
  const { message, isNew } = await store.append({ roomId, ...said, ...answered, memberId, sentAt: now() })
  if (isNew) {
    announce(roomId, 'message_posted', { message })
    typing.ended(roomId, memberId)
  }
  return { message }
}
