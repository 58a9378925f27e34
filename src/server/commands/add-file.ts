import type { Handler } from './handler'
import { requirePerson } from './person'

export const addFile: Handler<'add_file'> = async ({ looks, ...announced }, caller, { files }) => {
  const { memberId } = requirePerson(caller)
  return files.add({ ...announced, memberId, ...(looks && { looks }) })
}
