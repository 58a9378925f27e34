import { changeMessage } from './change-message'
import type { Handler } from './handler'

export const deleteMessage: Handler<'delete_message'> = (at, caller, services) =>
  changeMessage(at, { kind: 'delete' }, caller, services)
