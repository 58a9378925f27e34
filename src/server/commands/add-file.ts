import { spend } from './budget'
import type { Handler } from './handler'
import { requirePerson } from './person'

export const addFile: Handler<'add_file'> = async ({ looks, ...announced }, caller, { files, budgets }) => {
  const { memberId, session } = requirePerson(caller)
  spend(budgets.files, memberId)
  files.expect(session)
  return files.add({ ...announced, memberId, ...(looks && { looks }) })
}
