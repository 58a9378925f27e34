import { Refusal } from '#shared/protocol/errors'
import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const sendMessage: Handler<'send_message'> = async (input, caller, { store, announce, budgets, now }) => {
  const { memberId } = requirePerson(caller)
  const { roomId, replyTo, ...said } = input
  spend(budgets.messages, memberId)
  const retryAfterMs = budgets.roomMessages.take(roomId)
  if (retryAfterMs > 0) {
    budgets.messages.giveBack(memberId)
    throw new Refusal('rate_limited', { retryAfterMs })
  }

  const answered = replyTo === undefined ? {} : { replyTo }
  const { message, isNew } = await store.append({ roomId, ...said, ...answered, memberId, sentAt: now() })
  if (isNew) announce(roomId, 'message_posted', { message })
  return { message }
}
