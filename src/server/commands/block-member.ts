import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const blockMember: Handler<'block_member'> = async (input, caller, { store, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.messages, memberId)
  await store.blockMember({ memberId, blockedId: input.memberId, isBlocked: input.blocked })
  return {}
}
