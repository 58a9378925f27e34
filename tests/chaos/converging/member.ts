import { createClient, type Client } from '#client'
import { parseServerUrl } from '#shared/address'
import type { ClientReply, JoinedRoom, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { createDeviceStorage, type DeviceStorage } from './device-storage'
import { createScreen, type Merge, type Screen } from './screen'

export interface Ground {
  /** Where the server is, before and after a restart. */
  url: string
  restart: () => Promise<void>
}

/** Somebody with one client, which loses its connection and is killed. */
export interface Member {
  readonly name: string
  client: () => Client
  storage: () => DeviceStorage
  room: () => JoinedRoom | undefined
  shown: () => readonly Message[]
  cut: () => void
  back: () => void
  /** Killed, and started again with what the device had kept. */
  restart: () => Promise<void>
  close: () => Promise<void>
}

export interface MemberOptions {
  name: string
  ground: Ground
  report: (error: unknown) => void
  merge?: Merge
}

export function createMember({ name, ground, report, merge }: MemberOptions): Member {
  let isCut = false
  let storage = createDeviceStorage()
  function start(): Client {
    return createClient({
      storage,
      dial: () => (isCut ? undefined : ground.url),
      isOnline: () => !isCut,
      clientName: 'parlor-test/0.1.0',
      // The shortest waits that jitter allows.
      random: () => 0,
      report,
    })
  }
  let client = start()
  const room = () => client.state().rooms[0]

  function watch(): Screen {
    const made = createScreen(room()?.messages ?? [], merge)
    client.onNews(made.hear)
    return made
  }
  let screen = watch()

  return {
    name,
    client: () => client,
    storage: () => storage,
    room,
    shown: () => screen.messages(),
    cut() {
      isCut = true
      client.networkChanged()
    },
    back() {
      isCut = false
      client.networkChanged()
    },
    async restart() {
      // What the client still writes while it closes is what a killed one never wrote.
      storage = storage.copy()
      await client.close()
      client = start()
      screen = watch()
    },
    close: () => client.close(),
  }
}

/** The first makes a room, the others come into it. */
export async function gather(members: readonly Member[], ground: Ground): Promise<RoomKey> {
  const server = parseServerUrl(ground.url)
  const [host, ...guests] = members
  if (!server || !host) throw new Error('nobody, or nowhere to go')
  const { key } = await value(host.client().createRoom({ server, name: host.name }))
  for (const { name, client } of guests) await value(client().calls.joinRoom({ name, address: key, remember: true }))
  return key
}

async function value<Value>(reply: Promise<ClientReply<Value>>): Promise<Value> {
  const answered = await reply
  if (!answered.ok) throw new Error(JSON.stringify(answered.error))
  return answered.value
}
