import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const fetchPinned: Handler<'fetch_pinned'> = async ({ roomId }, caller, { store, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.history, memberId)
  return store.pinned({ roomId, memberId })
}
