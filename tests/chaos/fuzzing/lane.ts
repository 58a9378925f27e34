import type { Random } from '../random'
import { openConnection, type Connection, type Visitor } from './connection'
import { generatePacket } from './generate-packet'
import { one, type Packet, type Phase } from './packet'
import { ackIdOf, readAnswer } from './read-answer'
import type { Fate, Tally } from './tally'

export interface Lane {
  /** Packets sent besides that the protocol allows: pongs, ignored, and farewells, which end the connection. */
  allowed: () => number
  run: () => Promise<void>
}

interface LaneOptions {
  url: string
  roomId: string
  name: string
  /** True while there are packets left; each call takes one. */
  takeOne: () => boolean
}

const answerMs = 5_000
const allowedShare = 0.01
const pong: Packet = { family: 'pong', frames: one('3') }
const farewell: Packet = { family: 'farewell', frames: one('41') }

/** One connection after another, one packet after another: each is answered before the next leaves. */
export function createLane({ url, roomId, name, takeOne }: LaneOptions, random: Random, tally: Tally): Lane {
  const visitor: Visitor = { roomId, name }
  const connections = new Map<Phase, Connection>()
  let allowed = 0

  async function connectionAt(phase: Phase): Promise<Connection> {
    const open = connections.get(phase)
    if (open?.isOpen()) return open
    const fresh = await openConnection(url, phase, visitor)
    connections.set(phase, fresh)
    return fresh
  }

  async function sendOne(phase: Phase) {
    const at = await connectionAt(phase)
    // Never answered by design; that the connection lives on shows with the packet after it.
    if (random.chance(allowedShare)) {
      allowed++
      at.send(pong.frames)
    }
    const packet = generatePacket(random, { roomId, phase })
    const fate = await fateOf(packet, at)
    tally.add(packet, phase, fate)
    // A connection that gave no right answer may still answer later: never mistake that for the next packet's.
    if (fate !== 'refused') at.close()
  }

  async function leave(phase: Phase) {
    const at = await connectionAt(phase)
    allowed++
    const fate = await fateOf(farewell, at)
    if (fate !== 'closed') tally.add(farewell, phase, fate)
  }

  return {
    allowed: () => allowed,
    async run() {
      while (takeOne()) {
        await sendOne(random.chance(0.5) ? 'joined' : random.pick(['opened', 'connected'] as const))
        if (random.chance(allowedShare)) await leave(random.pick(['connected', 'joined']))
      }
      for (const connection of connections.values()) connection.close()
    },
  }
}

async function fateOf(packet: Packet, connection: Connection): Promise<Fate> {
  const id = ackIdOf(packet.frames[0]!.body)
  const fate = connection.next<Fate>((frame) => readAnswer(frame, id), answerMs)
  connection.send(packet.frames)
  return fate
}
