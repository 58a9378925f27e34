import { randomUUID } from 'node:crypto'
import type { Attack } from '../attack-shape'
import { ifAnswered } from '../stage/intruder'
import type { Stage } from '../stage/stage'
import { withoutRates } from '../stage/without-rates'

const tag = (n: number) => String.fromCodePoint(0xe0061 + n)
const lookAlikes = Array.from({ length: 20 }, (_, n) => `👍${tag(n)}`)
const different = Array.from({ length: 25 }, (_, n) => String.fromCodePoint(0x1f600 + n))

async function fillMessage(stage: Stage, emojis: readonly string[]): Promise<boolean> {
  const filler = await stage.host('Filler')
  const { roomId } = filler
  const other = await stage.member('Someone', { roomId })
  const said = await filler.ask('send_message', { roomId, clientKey: randomUUID(), text: 'hello' })
  const { seq } = (said.value as { message: { seq: number } }).message
  await Promise.all(emojis.map((emoji) => ifAnswered(filler.ask('react', { roomId, seq, emoji }))))
  return (await other.ask('react', { roomId, seq, emoji: '👍' })).ok
}

/** One member must not use up what a message has room for. */
export const filledReactions: Attack = {
  name: 'filled-reactions',
  isLong: true,
  strength: 'one member adds twenty that look like 👍, and another twenty-five that differ',
  limits: withoutRates,
  async run(stage) {
    stage.mustHold(await fillMessage(stage, lookAlikes), 'look-alikes of 👍 left no room for 👍')
    stage.mustHold(await fillMessage(stage, different), "one member's reactions left no room for another's")
    // Long enough for the honest people to say something meanwhile.
    await stage.keepOn(() => undefined, 100)
  },
  weak: { server: 'naive', breaks: ['own'] },
}
