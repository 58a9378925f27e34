import { randomUUID } from 'node:crypto'
import { limits } from '#shared/protocol/limits'
import type { Attack } from '../attack-shape'
import type { Intruder } from '../stage/stage'
import { withoutRates } from '../stage/without-rates'

const text = '𝄞'.repeat(limits.messageBytes / 4 - 96)
const slackBytes = 50_000

async function fillPins(host: Intruder) {
  const { roomId } = host
  for (let seq = 1; seq <= limits.pinsPerRoom; seq++) {
    await host.ask('send_message', { roomId, clientKey: randomUUID(), text })
    await host.ask('pin_message', { roomId, seq, pinned: true })
  }
}

/** Every page has a bound in bytes, that of what is pinned as well. */
export const heavyPins: Attack = {
  name: 'heavy-pins',
  isLong: true,
  strength: `${limits.pinsPerRoom} messages of 16 KB are pinned and fetched again and again`,
  limits: withoutRates,
  async run(stage) {
    const host = await stage.host('Pinner')
    await fillPins(host)
    await stage.isReady()
    let most = 0
    host.socket.ws.on('message', (frame: Buffer) => (most = Math.max(most, frame.length)))
    await stage.keepOn(() => host.fire('fetch_pinned', { roomId: host.roomId }), 200)
    stage.mustHold(most > 0, 'nothing that is pinned was answered')
    stage.mustHold(most <= limits.pageBytes + slackBytes, `one answer had ${most} bytes`)
  },
  weak: { server: 'naive', breaks: ['own'] },
}
