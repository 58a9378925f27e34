import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { startServer, type RunningServer, type ServerOptions } from '#server'
import type { RoomId } from '#shared/protocol/ids'
import { expect, onTestFinished } from 'vitest'
import { freePort } from './free-port'
import { connectPerson, type Auth, type Person } from './person'
import { storeWorker } from './store-worker'

export const newKey = () => randomUUID()

/** No test should meet a limit it is not about. */
const unlimited = {
  connections: Infinity,
  connectionsPerAddress: Infinity,
  requestsPerSecond: Infinity,
  newConnectionsPerMinute: Infinity,
  framesPerSecond: Infinity,
  eventsPerSecond: Infinity,
  strangerEventsPerSecond: Infinity,
  messagesPerSecond: Infinity,
  roomMessagesPerSecond: Infinity,
  joinsPerSecond: Infinity,
  leavesPerSecond: Infinity,
  historyPerSecond: Infinity,
  searchesPerSecond: Infinity,
  filesPerSecond: Infinity,
  filesOpenedPerSecond: Infinity,
  unfinishedFilesPerMember: Infinity,
  roomChangesPerSecond: Infinity,
  reactionsPerSecond: Infinity,
  typingPerSecond: Infinity,
  readsPerSecond: Infinity,
  roomsPerHour: Infinity,
  membershipsPerHour: Infinity,
  directsPerHour: Infinity,
  directsPerHourAndAddress: Infinity,
  directsToOnePerHour: Infinity,
}

export interface Parlor {
  readonly server: RunningServer
  readonly url: string
  readonly dataDir: string
  /** What the server reported; anything left here fails the test. */
  readonly reported: unknown[]
  /** What the server logged, with its reason. */
  readonly logged: readonly { event: string; reason?: unknown }[]
  /** Somebody connected who is in no room. */
  connect: (auth?: Auth) => Promise<Person>
  host: (name: string, room?: { title?: string; retention?: unknown }) => Promise<Person>
  /** Into the room hosted last, unless another is named. */
  join: (name: string, into?: { roomId?: RoomId; session?: string; since?: number }) => Promise<Person>
  /** Stops the server and starts it again on the same port and files. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/** A real server on a free port and real clients; all of it is gone when the test is. */
export async function openParlor(options: Partial<ServerOptions> = {}): Promise<Parlor> {
  const dataDir = await mkdtemp(joinPath(tmpdir(), 'parlor-'))
  const reported: unknown[] = []
  const logged: { event: string; reason?: unknown }[] = []
  const people: Person[] = []
  const start = (port: number) =>
    startServer({
      host: '127.0.0.1',
      port,
      dataDir,
      storeWorker: storeWorker(),
      report: (error) => reported.push(error),
      log: (event, fields) => logged.push({ event, ...fields }),
      onDeath: (error) => reported.push(error),
      ...options,
      limits: { ...unlimited, ...options.limits },
    })
  let server = await start(await freePort())
  let newestRoom: RoomId | undefined

  onTestFinished(async () => {
    for (const person of people) person.close()
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
    expect(reported).toEqual([])
  })

  async function connect(auth?: Auth): Promise<Person> {
    const person = await connectPerson(server.url, auth)
    people.push(person)
    return person
  }

  return {
    get server() {
      return server
    },
    get url() {
      return server.url
    },
    dataDir,
    reported,
    logged,
    connect,
    async host(name, room = {}) {
      const person = await connect()
      person.enter(await person.get('create_room', { name, ...room }))
      newestRoom = person.roomId
      return person
    },
    async join(name, { roomId = newestRoom, session, since } = {}) {
      const person = await connect(session === undefined ? {} : { session })
      const asked = { roomId, ...(session === undefined && { name }), ...(since !== undefined && { since }) }
      person.enter(await person.get('join_room', asked))
      return person
    },
    async restart() {
      const { port } = server
      await server.close()
      server = await start(port)
    },
    stop: () => server.close(),
  }
}
