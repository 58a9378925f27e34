import { Refusal } from '#shared/protocol/errors'
import type { Handler } from './handler'
import { openAgain, tellOfNews } from './open-direct'
import { requirePerson } from './person'

export const sendMessage: Handler<'send_message'> = async (input, caller, services) => {
  const { store, announce, typing, now } = services
  const { memberId } = requirePerson(caller)
  const { roomId, clientKey, text, replyTo, attachments } = input
  if (!attachments && text.trim() === '') throw new Refusal('invalid_request', { field: 'text' })

  const said = {
    roomId,
    clientKey,
    text,
    ...(replyTo !== undefined && { replyTo }),
    ...(attachments && { attachments }),
  }
  const { message, isNew, direct, reopened } = await store.append({ ...said, memberId, sentAt: now() })
  if (isNew) {
    announce(roomId, 'message_posted', { message })
    typing.ended(roomId, memberId)
  }
  if (reopened) await openAgain(reopened, services)
  else if (direct) tellOfNews(direct, services)
  return { message }
}
