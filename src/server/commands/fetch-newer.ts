import { spend } from './budget'
import type { Handler } from './handler'
import { newestPage } from './page'
import { requirePerson } from './person'

export const fetchNewer: Handler<'fetch_newer'> = async ({ roomId, after }, caller, { store, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.history, memberId)
  return store.newer({ roomId, memberId, after, limit: newestPage })
}
