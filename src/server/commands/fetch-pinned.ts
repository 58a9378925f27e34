import { limits } from '#shared/protocol/limits'
import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const fetchPinned: Handler<'fetch_pinned'> = async ({ roomId, after = 0 }, caller, { store, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.history, memberId)
  return store.pinned({ roomId, memberId, after, limit: limits.pinsPerRoom })
}
