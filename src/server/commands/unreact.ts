import { changeMessage } from './change-message'
import type { Handler } from './handler'

export const unreact: Handler<'unreact'> = ({ emoji, ...at }, caller, services) =>
  changeMessage(at, { kind: 'unreact', emoji }, caller, services)
