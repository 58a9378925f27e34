import { randomUUID } from 'node:crypto'
import type { Attack } from '../attack-shape'
import { withoutRates } from '../stage/without-rates'

const readers = 50
const messages = 10_000
const atOnce = 50
const text = 'x'.repeat(3_900)

/** Each has its own copy of what is said waiting in the server. */
export const unreadSockets: Attack = {
  name: 'unread-sockets',
  strength: `${readers} members read nothing while ${messages} messages of 4 KB are sent`,
  limits: withoutRates,
  async run(stage) {
    const writer = await stage.host('Writer')
    const { roomId } = writer
    for (let at = 0; at < readers; at++) {
      const reader = await stage.member(`Reader ${at + 1}`, { roomId })
      reader.socket.ws.pause()
    }
    const count = stage.isShort ? messages / 5 : messages
    for (let said = 0; said < count; said += atOnce) {
      const some = Array.from({ length: atOnce }, () => ({ roomId, clientKey: randomUUID(), text }))
      await Promise.all(some.map((message) => writer.ask('send_message', message)))
    }
  },
  weak: { server: { sendQueueBytes: 2_000_000_000 }, breaks: ['memory', 'honest'] },
}
