import { setTimeout as sleep } from 'node:timers/promises'
import { clientFrame } from '../../bench/load/frames'
import { mutate, randomBytes } from '../../chaos/fuzzing/mutate'
import { createRandom, type Random } from '../../chaos/random'
import { requestHead, upgradeHead } from '../../support/raw-http'
import { closed } from '../../support/socket-ends'
import type { Attack } from '../attack-shape'
import type { Stage } from '../stage/stage'

const streams = 50_000
const shortStreams = 1_000
const lanes = 20
const patienceMs = 100

function streamOf(stage: Stage, random: Random): Buffer {
  const host = `Host: 127.0.0.1:${stage.port}`
  const kinds = [
    () => requestHead('GET', '/', [host]),
    () => requestHead('GET', '//', [host]),
    () => requestHead('GET', '/assets/../../x', [host, host]),
    () => requestHead('PATCH', '/uploads/x', [host, 'Content-Length: 9', 'Transfer-Encoding: chunked']),
    () => requestHead('GET', '/', [host, ...Array.from({ length: 2_000 }, (_, n) => `X-${n}: 1`)]),
    () => upgradeHead([host]),
    () => upgradeHead([host], '/socket.io/?EIO=3&transport=polling&sid=x'),
    () => `${upgradeHead([host])}${clientFrame('40{"protocol":1,"client":"x"}').toString('latin1')}`,
    () => `${upgradeHead([host])}${randomBytes(random, 300).toString('latin1')}`,
    () => `\x16\x03\x01${randomBytes(random, 200).toString('latin1')}`,
    () => randomBytes(random, 400).toString('latin1'),
  ]
  const whole = Buffer.from(random.pick(kinds)(), 'latin1')
  return random.chance(0.9) ? mutate(whole.toString('latin1'), random) : whole
}

/** Bytes that are no HTTP and no WebSocket, or nearly: none may bring the server down, or stay open. */
export const rawBytes: Attack = {
  name: 'raw-bytes',
  isLong: true,
  strength: `${streams} mutated streams of bytes (${shortStreams} in short)`,
  async run(stage) {
    const random = createRandom(1)
    let left = stage.isShort ? shortStreams : streams
    const lane = async () => {
      while (left-- > 0) {
        const socket = await stage.tcp(stage.address())
        socket.resume()
        socket.write(streamOf(stage, random))
        await Promise.race([closed(socket), sleep(patienceMs)])
        socket.destroy()
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  },
  weak: { server: 'naive', breaks: ['alive'] },
}
