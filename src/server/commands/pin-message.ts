import { changeMessage } from './change-message'
import type { Handler } from './handler'

export const pinMessage: Handler<'pin_message'> = ({ pinned, ...at }, caller, services) =>
  changeMessage(at, { kind: pinned ? 'pin' : 'unpin' }, caller, services)
