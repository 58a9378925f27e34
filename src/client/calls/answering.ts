import type { ClientErrorCode, ClientReply, RoomKey } from '#shared/bridge'
import type { NewsBatch } from '../news'
import type { OpenRoom } from '../room'
import type { Rooms } from '../rooms'
import type { Servers } from '../servers'
import type { Link } from '../transport/link'

type Answer<Value> = ClientReply<Value> | Promise<ClientReply<Value>>
type Call<Input, Value> = (input: Input) => Promise<ClientReply<Value>>

/** Three kinds of calls. Each answers whatever happens, and its news are out before its answer. */
export interface Answering {
  anywhere: <Input, Value>(call: (input: Input) => Answer<Value>) => Call<Input, Value>
  inRoom: <Input extends { key: RoomKey }, Value>(
    call: (room: OpenRoom, input: Input) => Answer<Value>,
  ) => Call<Input, Value>
  /** In a room whose server can be asked now. */
  online: <Input extends { key: RoomKey }, Value>(
    call: (room: OpenRoom, link: Link, input: Input) => Promise<ClientReply<Value>>,
  ) => Call<Input, Value>
}

export const done = { ok: true, value: {} } as const

export const refuse = (code: ClientErrorCode, field?: string) =>
  ({ ok: false, error: { code, ...(field !== undefined && { field }) } }) as const

export function createAnswering(options: {
  rooms: Rooms
  servers: Servers
  news: NewsBatch
  report: (error: unknown) => void
}): Answering {
  const { rooms, servers, news, report } = options

  const anywhere: Answering['anywhere'] = (call) => async (input) => {
    try {
      return await call(input)
    } catch (error) {
      report(error)
      return refuse('internal')
    } finally {
      news.flush()
    }
  }

  const inRoom: Answering['inRoom'] = (call) =>
    anywhere((input) => {
      const room = rooms.get(input.key)
      return room ? call(room, input) : refuse('room_not_found')
    })

  const online: Answering['online'] = (call) =>
    inRoom(async (room, input) => {
      // An answer may come after the announcement that this was the last room here.
      const { connection, end } = servers.visit(room.server)
      const link = connection.link()
      try {
        return link ? await call(room, link, input) : refuse('offline')
      } finally {
        end()
      }
    })

  return { anywhere, inRoom, online }
}
