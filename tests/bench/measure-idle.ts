import { interleaved } from './interleaved'
import { fillRoom, type FullRoom } from './load/room'
import type { Plan } from './plan'
import type { ServerName } from './processes/bundle-servers'
import type { StartServer } from './processes/server-process'

export interface IdleFigure {
  server: ServerName
  connections: number
  bytesPerConnection: number
}

const roomSize = 20
const warmingRooms = 5
const roomsAtOnce = 5

/** The memory of a connection that sits in a room of twenty and says nothing. */
export async function measureIdle(start: StartServer, { idle: { connections, rounds } }: Plan): Promise<IdleFigure[]> {
  const compared = await interleaved(rounds, (name) => bytesPerConnection(start, name, connections))
  return compared.map(({ server, figure }) => ({ server, connections, bytesPerConnection: Math.round(figure.median) }))
}

async function bytesPerConnection(start: StartServer, name: ServerName, connections: number): Promise<number> {
  const server = await start(name)
  const rooms = await fillRooms(server.port, warmingRooms)
  const before = await server.rssBytes()
  rooms.push(...(await fillRooms(server.port, connections / roomSize)))
  const after = await server.rssBytes()
  for (const room of rooms) room.close()
  await server.stop()
  return (after - before) / connections
}

async function fillRooms(port: number, count: number): Promise<FullRoom[]> {
  const rooms: FullRoom[] = []
  while (rooms.length < count) {
    const next = Math.min(roomsAtOnce, count - rooms.length)
    rooms.push(...(await Promise.all(Array.from({ length: next }, () => fillRoom(port, roomSize)))))
  }
  return rooms
}
