import type { Handler } from './handler'
import { newestPage } from './page'
import { requirePerson } from './person'

export const fetchAround: Handler<'fetch_around'> = async ({ roomId, seq }, caller, { store }) => {
  const { memberId } = requirePerson(caller)
  return store.around({ roomId, memberId, seq, limit: newestPage })
}
