import { io, type Socket } from 'socket.io-client'
import type { Announcement, AnnouncementName, CommandName, Output } from '#shared/protocol/contract'
import type { Reply } from '#shared/protocol/errors'
import type { MemberId, RoomId, SessionToken } from '#shared/protocol/ids'

const patienceMs = 8_000

/** A real Socket.IO client that remembers what it heard. */
export interface Person {
  readonly socket: Socket
  /** The room they hosted or joined, and who they are there; empty before that. */
  readonly roomId: RoomId
  readonly memberId: MemberId
  readonly session: SessionToken
  readonly entry: Output<'join_room'>
  ask: <C extends CommandName>(name: C, input: unknown) => Promise<Reply<Output<C>>>
  /** As `ask`, for what must succeed. */
  get: <C extends CommandName>(name: C, input: unknown) => Promise<Output<C>>
  /** Everything heard of one kind, as soon as there are `count` of them. */
  heard: <A extends AnnouncementName>(name: A, count?: number) => Promise<Announcement<A>[]>
  /** What was heard of one kind so far. */
  heardSoFar: <A extends AnnouncementName>(name: A) => Announcement<A>[]
  /** Every announcement in the order it arrived. */
  readonly log: readonly { name: string; payload: unknown }[]
  enter: (entry: Output<'create_room'>) => void
  disconnected: () => Promise<string>
  close: () => void
}

export interface Auth {
  protocol?: unknown
  client?: unknown
  session?: unknown
}

/** Connects and resolves when the server has said hello, or rejects with its `connect_error`. */
export async function connectPerson(url: string, auth: Auth = {}): Promise<Person> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { protocol: 1, client: 'test/1.0.0', ...auth },
  })
  const log: { name: string; payload: unknown }[] = []
  const waiters = new Set<() => void>()
  socket.onAny((name: string, payload: unknown) => {
    log.push({ name, payload })
    for (const look of waiters) look()
  })
  const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (error) => {
      socket.close()
      reject(error)
    })
  })
  return personOn(socket, { log, waiters, gone })
}

function personOn(
  socket: Socket,
  {
    log,
    waiters,
    gone,
  }: { log: { name: string; payload: unknown }[]; waiters: Set<() => void>; gone: Promise<string> },
): Person {
  let entry: Output<'create_room'> | undefined
  const entered = () => {
    if (!entry) throw new Error('not in a room yet')
    return entry
  }
  const heardSoFar = <A extends AnnouncementName>(name: A): Announcement<A>[] =>
    log.filter((one) => one.name === name).map((one) => one.payload as Announcement<A>)

  const ask: Person['ask'] = (name, input) => socket.timeout(patienceMs).emitWithAck(name, input)

  return {
    socket,
    log,
    heardSoFar,
    ask,
    get roomId() {
      return entered().room.roomId
    },
    get memberId() {
      return entered().you.memberId
    },
    get session() {
      return entered().session
    },
    get entry() {
      return entered() as Output<'join_room'>
    },
    async get(name, input) {
      const reply = await ask(name, input)
      if (!reply.ok) throw new Error(`${name} refused: ${JSON.stringify(reply.error)}`)
      return reply.value
    },
    heard: (name, count = 1) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const heard = heardSoFar(name)
          if (heard.length < count) return
          stop()
          resolve(heard)
        }
        const timer = setTimeout(() => {
          stop()
          reject(new Error(`heard ${heardSoFar(name).length} of ${count} ${name} in ${patienceMs} ms`))
        }, patienceMs)
        const stop = () => {
          clearTimeout(timer)
          waiters.delete(look)
        }
        waiters.add(look)
        look()
      }),
    enter: (made) => void (entry = made),
    disconnected: () => gone,
    close: () => void socket.close(),
  }
}
