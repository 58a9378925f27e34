import type { Handler } from './handler'
import { newestPage } from './page'
import { requirePerson } from './person'

export const fetchNewer: Handler<'fetch_newer'> = async ({ roomId, after }, caller, { store }) => {
  const { memberId } = requirePerson(caller)
  return store.newer({ roomId, memberId, after, limit: newestPage })
}
