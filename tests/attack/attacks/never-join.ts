import { setTimeout as sleep } from 'node:timers/promises'
import { clientFrame } from '../../bench/load/frames'
import { upgradeHead } from '../../support/raw-http'
import { heardOrClosed } from '../../support/socket-ends'
import type { Attack } from '../attack-shape'
import { limitTable } from '../../../src/server/limits'
import type { Stage } from '../stage/stage'

const sessions = 1_000
const slackMs = 5_000

async function openSession(stage: Stage, from: string, saysHello: boolean) {
  const socket = await stage.tcp(from)
  socket.write(upgradeHead([`Host: 127.0.0.1:${stage.port}`]))
  await heardOrClosed(socket, 'data')
  socket.resume()
  if (saysHello) socket.write(clientFrame('40{"protocol":1,"client":"raw/1"}'))
  return socket
}

/** Who says no hello is let go of in five seconds, who enters no room in thirty. */
export const neverJoin: Attack = {
  name: 'never-join',
  strength: `${sessions} connections of one address say no hello, and ${sessions} enter no room`,
  isLong: true,
  async run(stage) {
    const from = stage.address()
    const silent = await Promise.all(Array.from({ length: sessions }, () => openSession(stage, from, false)))
    const idle = await Promise.all(Array.from({ length: sessions }, () => openSession(stage, from, true)))
    const open = (sockets: typeof silent) => sockets.filter((socket) => !socket.destroyed).length
    await sleep(limitTable.handshakeMs.standard + slackMs)
    stage.mustHold(open(silent) === 0, `${open(silent)} that said no hello are still there`)
    await sleep(limitTable.joinMs.standard - limitTable.handshakeMs.standard)
    stage.mustHold(open(idle) === 0, `${open(idle)} that entered no room are still there`)
  },
  weak: { server: { handshakeMs: 600_000, joinMs: 600_000 }, breaks: ['own'] },
}
