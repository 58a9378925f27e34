import { serverNames, type ServerName } from './processes/bundle-servers'
import { median, spread, type Spread } from './spread'

/** One figure of one server, and how many times plain Socket.IO's figure is larger: the median over the rounds. */
export interface Compared {
  server: ServerName
  figure: Spread
  timesPlain: number
}

/** Measures every server in turn, round after round, so that whatever else the machine does falls on all of them. */
export async function interleaved(
  rounds: number,
  measure: (server: ServerName) => Promise<number>,
): Promise<Compared[]> {
  const figures: Record<ServerName, number[]> = { parlor: [], socketio: [], ws: [] }
  for (let round = 0; round < rounds; round++) {
    for (const server of serverNames) figures[server].push(await measure(server))
  }
  return serverNames.map((server) => ({
    server,
    figure: spread(figures[server]),
    timesPlain: median(figures.socketio.map((plain, round) => plain / figures[server][round]!)),
  }))
}
