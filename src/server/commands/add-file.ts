import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const addFile: Handler<'add_file'> = async ({ looks, ...announced }, caller, { files, budgets }) => {
  const { memberId } = requirePerson(caller)
  spend(budgets.files, memberId)
  const { address, connection } = caller
  return files.add({ ...announced, ...(looks && { looks }) }, { memberId, address, connection })
}
