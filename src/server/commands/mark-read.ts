import type { Handler } from './handler'
import { requirePerson } from './person'

export const markRead: Handler<'mark_read'> = async ({ roomId, seq, hidden }, caller, { store, readMarks }) => {
  const { memberId } = requirePerson(caller)
  const standing = await store.standing({ roomId, memberId })
  readMarks.mark({ roomId, memberId, seq: Math.min(seq, standing.lastSeq), hidden, standing })
  return {}
}
