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

/** What one delivered message costs the server, by the size of the room and the messages on their way at once. */
export async function measureFanout(
  start: StartServer,
  plan: Plan,
  report: (figures: FanoutFigure[]) => void,
): Promise<void> {
  for (const { members, loads } of plan.fanout) {
    const open = {} as Record<ServerName, { server: ServerProcess; room: FullRoom }>
    for (const name of serverNames) {
      const server = await start(name)
      open[name] = { server, room: await fillRoom(server.port, members) }
    }

    for (const load of loads) {
      const measure = (name: ServerName) => cpuUsPerDelivery(open[name].server, open[name].room, load)
      // Once uncounted: a server that has been up for a while has compiled its hot paths.
      await interleaved(1, measure)
      const compared = await interleaved(plan.rounds, measure)
      report(
        compared.map(({ server, figure, timesPlain }) => ({
          server,
          members,
          inFlight: load.inFlight,
          cpuUsPerDelivery: figure,
          timesPlain,
        })),
      )
    }

    for (const { server, room } of Object.values(open)) {
      room.close()
      await server.stop()
    }
  }
}

async function cpuUsPerDelivery(server: ServerProcess, room: FullRoom, load: Load): Promise<number> {
  const before = await server.cpuUs()
  await flood(room, load)
  return ((await server.cpuUs()) - before) / (load.messages * room.members.length)
}
