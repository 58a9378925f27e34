import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const setDirects: Handler<'set_directs'> = async ({ from }, caller, { store, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.messages, memberId)
  await store.setDirects({ memberId, from })
  return {}
}
