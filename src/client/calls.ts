import * as v from 'valibot'
import { parseAddress, type ServerUrl } from '#shared/address'
import type { ClientErrorCode, ClientReply, RoomGoneReason, RoomKey } from '#shared/bridge'
import { commands, type Output } from '#shared/protocol/contract'
import type { RoomId } from '#shared/protocol/ids'
import { tooLarge } from '#shared/protocol/text'
import { strangerTimeoutMs, type Ask } from './ask'
import type { Client, RoomCalls } from './door'
import type { Errands } from './errands'
import type { NewsBatch } from './news'
import type { ReadMarks } from './read-marks'
import type { OpenRoom } from './room'
import type { Rooms } from './rooms'
import type { Saved } from './saved'
import { roomKey } from './saved-entities'
import type { Servers } from './servers'
import type { Sessions } from './sessions'
import type { Link } from './transport/link'
import type { Visits } from './visits'

export interface CallsOptions {
  rooms: Rooms
  servers: Servers
  saved: Saved
  sessions: Sessions
  visits: Visits
  errands: Errands
  readMarks: ReadMarks
  ask: Ask
  now: () => number
  news: NewsBatch
  report: (error: unknown) => void
  /** Sends what waits in a room, if it is connected. */
  deliver: (room: OpenRoom) => void
  onGone: (room: OpenRoom, reason: RoomGoneReason) => void
}

const done = { ok: true, value: {} } as const
const refuse = (code: ClientErrorCode, field?: string) =>
  ({ ok: false, error: { code, ...(field !== undefined && { field }) } }) as const

/** What may be asked of the client. Every call answers; news of what it did is out before its reply. */
export function createCalls(options: CallsOptions): Pick<Client, 'calls' | 'createRoom'> {
  const { rooms, servers, saved, sessions, visits, errands, readMarks, ask, now, news, report, deliver, onGone } =
    options

  function answering<Input, Value>(call: (input: Input) => ClientReply<Value> | Promise<ClientReply<Value>>) {
    return async (input: Input): Promise<ClientReply<Value>> => {
      try {
        return await call(input)
      } catch (error) {
        report(error)
        return refuse('internal')
      } finally {
        news.flush()
      }
    }
  }

  const inRoom = <Input extends { key: RoomKey }, Value>(
    call: (room: OpenRoom, input: Input) => ClientReply<Value> | Promise<ClientReply<Value>>,
  ) =>
    answering((input: Input) => {
      const room = rooms.get(input.key)
      return room ? call(room, input) : refuse('room_not_found')
    })

  const online = <Input extends { key: RoomKey }, Value>(
    call: (room: OpenRoom, link: Link, input: Input) => Promise<ClientReply<Value>>,
  ) =>
    inRoom(async (room, input: Input) => {
      // An answer may come after the announcement that this was the last room here.
      const { connection, end } = servers.visit(room.server)
      const link = connection.link()
      try {
        return link ? await call(room, link, input) : refuse('offline')
      } finally {
        end()
      }
    })

  const joinRoom: RoomCalls['joinRoom'] = answering(async ({ address, name }) => {
    const where = parseAddress(address)
    const server = where?.server ?? saved.lastServer()
    if (!where || !server) return refuse('address_invalid', 'address')
    const { roomId } = where
    if (roomId === undefined) return refuse('address_invalid', 'code')

    const joined = rooms.get(roomKey(server, roomId))
    if (joined) {
      visits.remember(joined)
      return { ok: true, value: { key: joined.key } }
    }
    return visits.enter(server, name, (link) => askToJoin(link, server, { roomId, name }))
  })

  async function askToJoin(link: Link, server: ServerUrl, wanted: { roomId: RoomId; name: string }) {
    const reply = await ask(link, 'join_room', { ...wanted, session: sessions.of(server) }, strangerTimeoutMs)
    // Another tab became somebody else since this link was made; here the link's own person counts.
    const isOutdated = !reply.ok && reply.error.code === 'invalid_request' && reply.error.field === 'session'
    return isOutdated ? ask(link, 'join_room', wanted, strangerTimeoutMs) : reply
  }

  const leaveRoom = inRoom((room) => {
    errands.addLeave(room)
    onGone(room, 'left')
    const link = servers.get(room.server)?.link()
    if (link) errands.run(room.server, link).then(() => servers.tend(room.server), report)
    return done
  })

  const sendMessage: RoomCalls['sendMessage'] = inRoom((room, { clientKey, text }) => {
    const input = v.safeParse(commands.send_message.input, { roomId: room.roomId, clientKey, text })
    if (!input.success)
      return refuse(input.issues.some(({ message }) => message === tooLarge) ? 'too_large' : 'invalid_request', 'text')

    const known = room.outbox.find(input.output.clientKey)
    if (known) return known.text === text ? done : refuse('conflict')
    try {
      room.outbox.add({ clientKey: input.output.clientKey, text, writtenAt: now() })
    } catch (error) {
      report(error)
      return refuse('not_kept')
    }
    room.tellPending()
    deliver(room)
    return done
  })

  return {
    createRoom: answering(({ server, ...wanted }) => {
      sessions.of(server)
      return visits.enter(server, wanted.name, (link) => ask(link, 'create_room', wanted))
    }),
    calls: {
      joinRoom,
      leaveRoom,
      sendMessage,
      closeRoom: online(async (room, link) => {
        const reply = await ask(link, 'close_room', { roomId: room.roomId })
        if (!reply.ok) return reply
        onGone(room, 'closed_by_host')
        return done
      }),
      changeRoom: online(async (room, link, { key: _, ...wanted }) => {
        const reply = await ask(link, 'change_room', { roomId: room.roomId, ...wanted })
        if (!reply.ok) return reply
        room.rename(reply.value.room)
        saved.keepRoom(room.toSave())
        return done
      }),
      retryMessage: inRoom((room, { clientKey }) => {
        if (!room.outbox.retry(clientKey)) return done
        room.tellPending()
        deliver(room)
        return done
      }),
      discardMessage: inRoom((room, { clientKey }) => {
        if (room.outbox.discard(clientKey)) room.tellPending()
        return done
      }),
      fetchHistory: online(async (room, link, { before }) => {
        const reply = await ask(link, 'fetch_history', { roomId: room.roomId, before })
        return reply.ok ? { ok: true, value: pageOf(room, before, reply.value) } : reply
      }),
      markRead: inRoom((room, { seq }) => {
        if (room.markRead(seq)) readMarks.keepSoon(room)
        return done
      }),
      reconnect: answering(({ server }: { server: ServerUrl }) => {
        servers.get(server)?.tryNow()
        return done
      }),
      forgetRoom: answering(({ key }: { key: RoomKey }) => {
        saved.forgetRecent(key)
        if (!rooms.get(key)) saved.changePending(key, () => [])
        news.tell({ kind: 'recent', recent: saved.recent() })
        return done
      }),
    },
  }
}

/** Oldest first, and nothing that was not asked for. */
function pageOf({ roomId }: OpenRoom, before: number, page: Output<'fetch_history'>): Output<'fetch_history'> {
  const messages = page.messages
    .filter((message) => message.roomId === roomId && message.seq < before)
    .sort((a, b) => a.seq - b.seq)
  return { messages, hasMore: page.hasMore && messages.length > 0 }
}
