import { setTimeout as sleep } from 'node:timers/promises'
import { connectRaw } from '../../chaos/clients/raw-client'
import type { Attack } from '../attack-shape'
import type { Stage } from '../stage/stage'

const people = 200
const minuteMs = 60_000

/** Comes again for as long as it takes, as Parlor's client does. */
async function getIn(stage: Stage, from: string, name: string, end: number) {
  while (performance.now() < end) {
    const client = connectRaw(stage.url, { reconnects: false, from })
    const refused = new Promise<undefined>((resolve) => {
      client.socket.once('connect_error', () => resolve(undefined))
      client.socket.once('disconnect', () => resolve(undefined))
    })
    const asked = client.ask('join_room', { roomId: stage.roomId, name }).catch(() => undefined)
    const reply = await Promise.race([asked, refused])
    if (reply?.ok) return client
    client.close()
    await sleep(500 + Math.random() * 1_000)
  }
  return undefined
}

/** No attack: all of an office is behind one address, and is to get in. */
export const wholeOffice: Attack = {
  name: 'whole-office',
  strength: `${people} honest people of one address come at nine o'clock`,
  isLong: true,
  async run(stage) {
    const [from, end] = [stage.address(), performance.now() + minuteMs]
    const coming = Array.from({ length: people }, (_, at) => getIn(stage, from, `Colleague ${at + 1}`, end))
    const clients = (await Promise.all(coming)).filter((client) => client !== undefined)
    const here = clients.filter(({ socket }) => socket.connected).length
    for (const client of clients) client.close()
    stage.mustHold(here === people, `${here} of ${people} got in within a minute`)
  },
  weak: { server: { connectionsPerAddress: 30, newConnectionsPerMinute: 20 }, breaks: ['own'] },
}
