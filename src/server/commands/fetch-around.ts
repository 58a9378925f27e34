import { spend } from './budget'
import type { Handler } from './handler'
import { newestPage } from './page'
import { requirePerson } from './person'

export const fetchAround: Handler<'fetch_around'> = async ({ roomId, seq }, caller, { store, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.history, memberId)
  return store.around({ roomId, memberId, seq, limit: newestPage })
}
