import { keepLog, type LogKeeper } from '../clients/log-keeper'
import { startParlorWriter, type ParlorWriter } from '../clients/parlor-writer'
import { connectRaw, valueOf } from '../clients/raw-client'
import { startRawWriter } from '../clients/raw-writer'
import type { Ledger } from '../clients/ledger'
import type { Writer } from '../clients/writer'
import type { ViewerLog } from './check-history'
import { until } from '../waiting'

/** Everybody in the run: writers and viewers of both kinds, in several rooms. */
export interface Crowd {
  write: () => void
  rest: () => void
  inFlight: () => number
  /** Every client is connected again and shows all the room held when its keepers came back. */
  hasCaughtUp: () => boolean
  /** Nobody waits for an answer and every viewer shows as much as every other. */
  hasSettled: () => boolean
  /** Who keeps `hasCaughtUp` or `hasSettled` waiting. */
  stragglers: () => readonly string[]
  logs: () => Promise<readonly ViewerLog[]>
  close: () => Promise<void>
}

export interface CrowdSize {
  rooms: number
  parlorWritersPerRoom: number
  rawWritersPerRoom: number
  keepersPerRoom: number
}

const rawWindow = 4
const parlorWindow = 2
const gatherMs = 30_000

export async function gatherCrowd(
  url: string,
  size: CrowdSize,
  ledger: Ledger,
  complain: (complaint: string) => void,
): Promise<Crowd> {
  const host = connectRaw(url)
  const [writers, parlor, keepers]: [Writer[], ParlorWriter[], LogKeeper[]] = [[], [], []]
  for (let number = 1; number <= size.rooms; number++) {
    const room = { name: `Clerk ${number}`, title: `Room ${number}`, retention: 'forever' as const }
    const { roomId } = valueOf(await host.ask('create_room', room), 'a room').room
    for (let at = 1; at <= size.keepersPerRoom; at++)
      keepers.push(keepLog(url, { roomId, name: `Keeper ${number} ${at}` }, complain))
    for (let at = 1; at <= size.rawWritersPerRoom; at++) {
      writers.push(startRawWriter(url, { roomId, name: `Raw ${number} ${at}`, window: rawWindow }, ledger, complain))
    }
    for (let at = 1; at <= size.parlorWritersPerRoom; at++) {
      parlor.push(
        await startParlorWriter(
          url,
          { roomId, name: `Parlor ${number} ${at}`, window: parlorWindow },
          ledger,
          complain,
        ),
      )
    }
  }
  host.close()
  writers.push(...parlor)
  const crowd = createCrowd(writers, parlor, keepers)
  if (!(await until(crowd.hasCaughtUp, gatherMs))) throw new Error(`never gathered: ${crowd.stragglers().join(', ')}`)
  return crowd
}

function createCrowd(
  writers: readonly Writer[],
  parlor: readonly ParlorWriter[],
  keepers: readonly LogKeeper[],
): Crowd {
  const targetOf = (roomId: string) =>
    Math.max(...keepers.filter((one) => one.roomId === roomId).map((one) => one.caughtUpTo() ?? Infinity))
  const roomOf = ({ key }: ParlorWriter) => key.slice(key.lastIndexOf('/') + 1)
  const headOf = (roomId: string) =>
    Math.max(...keepers.filter((one) => one.roomId === roomId).map((one) => one.log().length))

  const late = () => [
    ...keepers.filter((one) => one.caughtUpTo() === undefined),
    ...writers.filter((one) => !one.isBack()),
    ...parlor.filter((one) => one.viewer.head() < targetOf(roomOf(one))),
  ]
  const unsettled = () => [
    ...writers.filter((one) => one.unanswered() > 0),
    ...keepers.filter((one) => one.log().length < headOf(one.roomId)),
    ...parlor.filter((one) => one.viewer.head() < headOf(roomOf(one))),
  ]
  return {
    write: () => writers.forEach((one) => one.write()),
    rest: () => writers.forEach((one) => one.rest()),
    inFlight: () => writers.reduce((sum, one) => sum + one.inFlight(), 0),
    hasCaughtUp: () => late().length === 0,
    hasSettled: () => unsettled().length === 0,
    stragglers: () => [...new Set([...late(), ...unsettled()].map(({ name }) => name))],
    async logs() {
      for (const one of parlor) await one.viewer.scrollToTop()
      return [
        ...keepers.map(({ name, roomId, log }) => ({ viewer: name, roomId, messages: log().map(said) })),
        ...parlor.map((one) => ({ viewer: one.name, roomId: roomOf(one), messages: one.viewer.shown().map(said) })),
      ]
    },
    async close() {
      keepers.forEach((one) => one.close())
      for (const one of writers) await one.close()
    },
  }
}

const said = ({
  roomId,
  seq,
  clientKey,
  text,
  author,
}: {
  roomId: string
  seq: number
  clientKey: string
  text: string
  author: { memberId: string }
}) => ({
  roomId,
  seq,
  clientKey,
  text,
  author: author.memberId,
})
