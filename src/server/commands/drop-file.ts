import type { Handler } from './handler'
import { requirePerson } from './person'

export const dropFile: Handler<'drop_file'> = async ({ roomId, fileId }, caller, { files }) => {
  const { memberId } = requirePerson(caller)
  await files.drop({ roomId, memberId, fileId })
  return {}
}
