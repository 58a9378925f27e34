import { interleaved } from './interleaved'
import { prepareJoinStorm } from './load/join-storm'
import type { Plan } from './plan'
import type { ServerName } from './processes/bundle-servers'
import type { StartServer } from './processes/server-process'
import type { Spread } from './spread'

export interface JoinStormFigure {
  server: ServerName
  members: number
  cpuMs: Spread
  timesPlain: number
}

/** What it costs a server that has just started when everybody comes back at once. */
export async function measureJoinStorm(
  start: StartServer,
  { joinStorm: { members, rounds } }: Plan,
): Promise<JoinStormFigure[]> {
  const compared = await interleaved(rounds, (name) => cpuMsOfStorm(start, name, members))
  return compared.map(({ server, figure, timesPlain }) => ({ server, members, cpuMs: figure, timesPlain }))
}

async function cpuMsOfStorm(start: StartServer, name: ServerName, members: number): Promise<number> {
  const server = await start(name)
  const storm = await prepareJoinStorm(server.port, members)
  const before = await server.cpuUs()
  await storm.run()
  const after = await server.cpuUs()
  storm.verify()
  storm.close()
  await server.stop()
  return (after - before) / 1_000
}
