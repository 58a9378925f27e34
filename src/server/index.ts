export { startServer } from './start-server'
export { StartError, type StartErrorCode } from './start-error'
export type { RunningServer, ServerOptions } from './server-options'
