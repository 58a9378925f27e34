import type { Handler } from './handler'
import { requirePerson } from './person'

export const blockMember: Handler<'block_member'> = async (input, caller, { store }) => {
  const { memberId } = requirePerson(caller)
  await store.blockMember({ memberId, blockedId: input.memberId, isBlocked: input.blocked })
  return {}
}
