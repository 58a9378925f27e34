import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack } from '../attack-shape'
import { bounds } from '../verdict'
import type { Intruder, Stage } from '../stage/stage'
import { withoutRates } from '../stage/without-rates'

const messages = 10_000
const atOnce = 100
const query = `"${'a '.repeat(98)}b"`.slice(0, 200)

async function fill(writer: Intruder, count: number) {
  for (let said = 0; said < count; said += atOnce) {
    const texts = Array.from({ length: atOnce }, () => 'a '.repeat(1_000))
    await Promise.all(
      texts.map((text) => writer.ask('send_message', { roomId: writer.roomId, clientKey: randomUUID(), text })),
    )
  }
}

/** How long a page of history takes somebody who does not search. */
async function readAlong(stage: Stage, reader: Intruder): Promise<number> {
  const times: number[] = []
  await stage.keepOn(async () => {
    const begunAt = performance.now()
    await reader.ask('fetch_history', { roomId: reader.roomId, before: 10 })
    times.push(performance.now() - begunAt)
  }, 250)
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

/** A search that finds nothing, and looks at everything for it. */
export const costlySearch: Attack = {
  name: 'costly-search',
  strength: `five searches a second for a phrase of 200 characters, in ${messages} messages of the same word`,
  limits: withoutRates,
  async run(stage) {
    const searcher = await stage.host('Seeker')
    await fill(searcher, stage.isShort ? messages / 5 : messages)
    await stage.isReady()
    const reading = readAlong(stage, await stage.member('Reader'))
    await stage.keepOn(() => searcher.fire('search_messages', { query }), 200)
    const medianMs = Math.round(await reading)
    stage.mustHold(medianMs <= bounds.honestP99Ms, `a page of history took ${medianMs} ms`)
    await sleep(100)
  },
  weak: { server: 'naive', breaks: ['honest', 'own'] },
}
