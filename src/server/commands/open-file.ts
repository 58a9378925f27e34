import type { Handler } from './handler'
import { requirePerson } from './person'

export const openFile: Handler<'open_file'> = async ({ roomId, fileId }, caller, { files }) => {
  const { memberId } = requirePerson(caller)
  return files.open({ roomId, memberId, fileId })
}
