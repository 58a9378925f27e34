import type { Handler } from './handler'
import { newestPage } from './page'
import { requirePerson } from './person'

export const fetchHistory: Handler<'fetch_history'> = async (
  { roomId, before, limit = newestPage },
  caller,
  { store },
) => {
  const { memberId } = requirePerson(caller)
  return store.history({ roomId, memberId, before, limit })
}
