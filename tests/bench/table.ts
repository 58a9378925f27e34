import type { FanoutFigure } from './measure-fanout'
import type { IdleFigure } from './measure-idle'
import type { JoinStormFigure } from './measure-join-storm'
import type { Spread } from './spread'

const row = (...cells: readonly string[]) =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(12))).join('')
const spreadCells = ({ median, min, max }: Spread, digits: number) => [
  median.toFixed(digits),
  `${min.toFixed(digits)}–${max.toFixed(digits)}`.padStart(16),
]
const times = (timesPlain: number) => `${timesPlain.toFixed(2)}×`

export const fanoutRow = ({ server, members, inFlight, cpuUsPerDelivery, timesPlain }: FanoutFigure) =>
  row(`N=${members}, ${inFlight} in flight, ${server}`, ...spreadCells(cpuUsPerDelivery, 2), times(timesPlain))

export const joinStormRow = ({ server, members, cpuMs, timesPlain }: JoinStormFigure) =>
  row(`${members} join at once, ${server}`, ...spreadCells(cpuMs, 0), times(timesPlain))

export const idleRow = ({ server, connections, bytesPerConnection }: IdleFigure) =>
  row(`${connections} idle, ${server}`, String(bytesPerConnection))

export const heading = (what: string) => `\n${row(what, 'median', '     min–max', 'times plain')}`
