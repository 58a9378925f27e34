import { interleaved } from './interleaved'
import { flood, type Load } from './load/flood'
import { fillRoom, type FullRoom } from './load/room'
import type { Plan } from './plan'
import { serverNames, type ServerName } from './processes/bundle-servers'
import type { ServerProcess, StartServer } from './processes/server-process'
import type { Spread } from './spread'

export interface FanoutFigure {
  server: ServerName
  members: number
  inFlight: number
  cpuUsPerDelivery: Spread
  timesPlain: number
}

type Open = Record<ServerName, { server: ServerProcess; room: FullRoom }>

/** What one delivered message costs the server, by the size of the room and the messages on their way at once. */
export async function measureFanout(
  start: StartServer,
  { rounds, warmUp, fanout }: Plan,
  report: (figures: FanoutFigure[]) => void,
): Promise<void> {
  for (const { members, loads } of fanout) {
    const open = await openAll(start, members, warmUp)
    for (const load of loads) {
      const measure = (name: ServerName) => cpuUsPerDelivery(open[name].server, open[name].room, load)
      await interleaved(1, measure)
      report(figuresOf(members, load, await interleaved(rounds, measure)))
    }
    for (const { server, room } of Object.values(open)) {
      room.close()
      await server.stop()
    }
  }
}

async function openAll(start: StartServer, members: number, warmUp: Plan['warmUp']): Promise<Open> {
  const open: Partial<Open> = {}
  for (const name of serverNames) {
    const server = await start(name)
    const anteroom = await fillRoom(server.port, warmUp.members)
    for (const load of warmUp.loads) await flood(anteroom, load)
    anteroom.close()
    open[name] = { server, room: await fillRoom(server.port, members) }
  }
  return open as Open
}

async function cpuUsPerDelivery(server: ServerProcess, room: FullRoom, load: Load): Promise<number> {
  const before = await server.cpuUs()
  await flood(room, load)
  return ((await server.cpuUs()) - before) / (load.messages * room.members.length)
}

const figuresOf = (
  members: number,
  { inFlight }: Load,
  compared: Awaited<ReturnType<typeof interleaved>>,
): FanoutFigure[] =>
  compared.map(({ server, figure, timesPlain }) => ({
    server,
    members,
    inFlight,
    cpuUsPerDelivery: figure,
    timesPlain,
  }))
