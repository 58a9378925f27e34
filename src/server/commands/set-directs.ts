import type { Handler } from './handler'
import { requirePerson } from './person'

export const setDirects: Handler<'set_directs'> = async ({ from }, caller, { store }) => {
  const { memberId } = requirePerson(caller)
  await store.setDirects({ memberId, from })
  return {}
}
