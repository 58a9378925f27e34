import type { Handler } from './handler'
import { newestPage } from './page'
import { requirePerson } from './person'

export const searchMessages: Handler<'search_messages'> = async (input, caller, { store, searchTurns }) => {
  const { memberId } = requirePerson(caller)
  const { query, roomId, before, lastHit, limit = newestPage } = input
  const where = {
    ...(roomId !== undefined && { roomId }),
    ...(before !== undefined && { before }),
    ...(lastHit && { lastHit }),
  }
  const { hits, ...rest } = await searchTurns.take(memberId, () => store.search({ memberId, query, ...where, limit }))
  return { hits: hits.map((message) => ({ roomId: message.roomId, message })), ...rest }
}
