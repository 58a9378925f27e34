import { openConnection, type Ack, type Connection } from './connection'
import { untilStill } from './still'

/** A room on one server with everybody who is in it. */
export interface FullRoom {
  roomId: string
  members: readonly Connection[]
  close: () => void
}

const atOnce = 50

export async function openConnections(port: number, count: number): Promise<Connection[]> {
  const connections: Connection[] = []
  while (connections.length < count) {
    const next = Math.min(atOnce, count - connections.length)
    connections.push(...(await Promise.all(Array.from({ length: next }, () => openConnection(port)))))
  }
  return connections
}

export async function createRoom(host: Connection): Promise<string> {
  const created = await host.ask('create_room', { name: 'Ada' })
  return created.value().room.roomId
}

export const guestName = (at: number) => `Visitor ${at}`

export const join = (connection: Connection, roomId: string, name: string): Promise<Ack<'join_room'>> =>
  connection.ask('join_room', { roomId, name })

/** A room of `count` members, once the announcements of their joining have all been made. */
export async function fillRoom(port: number, count: number): Promise<FullRoom> {
  const members = await openConnections(port, count)
  let announcements = 0
  for (const member of members) member.hear(() => announcements++)

  const [host, ...others] = members as [Connection, ...Connection[]]
  const roomId = await createRoom(host)
  for (let at = 0; at < others.length; at += atOnce) {
    const joins = others.slice(at, at + atOnce).map((member, index) => join(member, roomId, guestName(at + index)))
    for (const ack of await Promise.all(joins)) ack.value()
  }
  await untilStill(() => announcements)
  return { roomId, members, close: () => members.forEach((member) => member.close()) }
}
