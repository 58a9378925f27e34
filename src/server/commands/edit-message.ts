import { changeMessage } from './change-message'
import type { Handler } from './handler'

export const editMessage: Handler<'edit_message'> = ({ text, ...at }, caller, services) =>
  changeMessage(at, { kind: 'edit', text }, caller, services)
