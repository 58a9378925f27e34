import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const markRead: Handler<'mark_read'> = async (
  { roomId, seq, hidden },
  caller,
  { store, readMarks, budgets },
) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.reads, `${memberId} ${roomId}`)
  const standing = await store.standing({ roomId, memberId })
  readMarks.mark({ roomId, memberId, seq: Math.min(seq, standing.lastSeq), hidden, standing })
  return {}
}
