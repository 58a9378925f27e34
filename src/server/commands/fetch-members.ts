import { Refusal } from '#shared/protocol/errors'
import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const fetchMembers: Handler<'fetch_members'> = async ({ roomId, after }, caller, { rooms, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.history, memberId)
  const page = rooms.membersFor({ roomId, memberId }, after)
  if (!page) throw new Refusal('not_a_member')
  return Promise.resolve(page)
}
