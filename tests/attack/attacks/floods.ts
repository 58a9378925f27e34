import { randomUUID } from 'node:crypto'
import type { Attack } from '../attack-shape'
import type { Intruder, Stage } from '../stage/stage'

const perSecond = 10_000
const everyMs = 10
/** More than this unsent, and the server has stopped reading: no attacker gets more through. */
const mostUnsent = 4_000_000

type Act = (member: Intruder, n: number) => void

const fires =
  (name: string, input: (member: Intruder, n: number) => object): Act =>
  (member, n) =>
    member.fire(name, { roomId: member.roomId, ...input(member, n) })

const word = () => ({ clientKey: randomUUID(), text: 'flood' })
const kinds: Readonly<Record<string, Act>> = {
  messages: fires('send_message', word),
  typing: fires('set_typing', (_, n) => ({ typing: n % 2 === 0 })),
  reactions: fires('react', (_, n) => ({ seq: 1, emoji: n % 2 === 0 ? '👍' : '👎' })),
  rejoins: fires('join_room', () => ({})),
  leaves: fires('leave_room', () => ({})),
  reads: fires('mark_read', (_, n) => ({ seq: (n % 5) + 1 })),
  pings: ({ socket }) => socket.ws.ping(),
  history: fires('fetch_history', () => ({ before: 1_000, limit: 100 })),
  around: fires('fetch_around', () => ({ seq: 2 })),
  newer: fires('fetch_newer', () => ({ after: 0 })),
  pins: fires('pin_message', (_, n) => ({ seq: 1, pinned: n % 2 === 0 })),
  pinned: fires('fetch_pinned', () => ({})),
  searches: (member) => member.fire('search_messages', { query: 'hello' }),
  edits: fires('edit_message', (_, n) => ({ seq: 1, text: `flood ${n}` })),
  titles: fires('change_room', (_, n) => ({ title: `Flood ${n}` })),
  files: fires('open_file', () => ({ fileId: randomUUID() })),
  drops: fires('drop_file', () => ({ fileId: randomUUID() })),
  blocks: (member, n) => member.fire('block_member', { memberId: member.memberId, blocked: n % 2 === 0 }),
  nonsense: fires('send_message', () => ({ text: 7 })),
}

/** One member, who comes again from the next address whenever they are thrown out. */
async function flood(stage: Stage, acts: readonly Act[]): Promise<void> {
  let member = await stage.member('Flooder')
  let n = 0
  await stage.keepOn(async () => {
    if (member.socket.ws.readyState !== member.socket.ws.OPEN) member = await comeAgain(stage, member)
    for (let count = 0; count < (perSecond * everyMs) / 1_000; count++) {
      if (member.socket.ws.bufferedAmount > mostUnsent) break
      acts[n % acts.length]?.(member, n++)
    }
  }, everyMs)
}

async function comeAgain(stage: Stage, member: Intruder): Promise<Intruder> {
  return stage.member('Flooder', { session: member.session }).catch(() => member)
}

const floodOf = (name: string, acts: readonly Act[]): Attack => ({
  name: `flood-${name}`,
  strength: `one member sends ${perSecond} a second: ${name}`,
  run: (stage) => flood(stage, acts),
  weak: { server: 'naive', breaks: ['honest', 'alive', 'memory'] },
})

/** Of every kind of event on its own, and of all at once. */
export const floods: readonly Attack[] = [
  ...Object.entries(kinds).map(([name, act]): Attack => ({ ...floodOf(name, [act]), isLong: true })),
  floodOf('all', Object.values(kinds)),
]
