import type { Handler } from './handler'
import { requirePerson } from './person'

export const addFile: Handler<'add_file'> = async ({ looks, ...announced }, caller, { files }) => {
  const { memberId, session } = requirePerson(caller)
  files.expect(session)
  const { address, connection } = caller
  return files.add({ ...announced, ...(looks && { looks }) }, { memberId, address, connection })
}
