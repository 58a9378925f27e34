import type { Handler } from './handler'
import { requirePerson } from './person'

export const fetchPinned: Handler<'fetch_pinned'> = async ({ roomId }, caller, { store }) => {
  const { memberId } = requirePerson(caller)
  return store.pinned({ roomId, memberId })
}
