import { Refusal } from '#shared/protocol/errors'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const fetchMembers: Handler<'fetch_members'> = async ({ roomId, after }, caller, { rooms }) => {
  const { memberId } = requirePerson(caller)
  const page = rooms.membersFor({ roomId, memberId }, after)
  if (!page) throw new Refusal('not_a_member')
  return Promise.resolve(page)
}
