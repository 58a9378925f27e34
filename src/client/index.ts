export { createClient } from './client'
export type { Client, ClientOptions, ClientStorage, RoomCalls } from './door'
