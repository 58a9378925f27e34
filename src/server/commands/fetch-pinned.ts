import { limits } from '#shared/protocol/limits'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const fetchPinned: Handler<'fetch_pinned'> = async ({ roomId, after = 0 }, caller, { store }) => {
  const { memberId } = requirePerson(caller)
  return store.pinned({ roomId, memberId, after, limit: limits.pinsPerRoom })
}
