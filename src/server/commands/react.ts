import { changeMessage } from './change-message'
import type { Handler } from './handler'

export const react: Handler<'react'> = ({ emoji, ...at }, caller, services) =>
  changeMessage(at, { kind: 'react', emoji }, caller, services)
