export { createClient } from './client'
export type { Client, ClientOptions, ClientStorage, FileStorage, RoomCalls } from './door'
