import { clientFrame } from '../../bench/load/frames'
import { upgradeHead } from '../../support/raw-http'
import { heardOrClosed } from '../../support/socket-ends'
import type { Attack } from '../attack-shape'
import type { Stage } from '../stage/stage'
import { pour } from './pipelining'

const pongs = Buffer.concat(Array.from({ length: 5_000 }, () => clientFrame('3')))

async function openByHand(stage: Stage, from: string) {
  const socket = await stage.tcp(from)
  socket.write(upgradeHead([`Host: 127.0.0.1:${stage.port}`]))
  await heardOrClosed(socket, 'data')
  socket.resume()
  socket.write(clientFrame('40{"protocol":1,"client":"raw/1"}'))
  return socket
}

export const unaskedPongs: Attack = {
  name: 'unasked-pongs',
  strength: 'five connections of five addresses answer pings that nobody sent, as fast as they can, and come again',
  async run(stage) {
    const end = performance.now() + stage.lastsMs
    const flood = async (from: string) => {
      while (performance.now() < end) await pour(stage, await openByHand(stage, from), pongs)
    }
    await Promise.all(Array.from({ length: 5 }, () => flood(stage.address())))
  },
  weak: { server: 'naive', breaks: ['honest'] },
}
