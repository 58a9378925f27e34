import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message } from '#shared/protocol/entities'
import { newKey, openParlor, type Parlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const size = 5
const runs = 12

const who = fc.nat(size - 1)
const pick = fc.nat(30)
const emoji = fc.constantFrom('👍', '❤️', '🎉')
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), who, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('react' as const, 'unreact' as const), who, pick, emoji }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pin' as const), who, pick, pinned: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), who }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What a client knows of a room: the higher rev of each message, and the rev up to which it has missed nothing. */
interface Known {
  bySeq: Map<number, Message>
  rev: number
}

function learn(known: Known, messages: readonly Message[], rev: number) {
  for (const message of messages)
    if (message.rev > (known.bySeq.get(message.seq)?.rev ?? 0)) known.bySeq.set(message.seq, message)
  known.rev = Math.max(known.rev, rev)
}

/** One raw client, whose connection is cut and made again. */
function createMember(parlor: Parlor, first: Person, roomId: Person['roomId']) {
  const known: Known = { bySeq: new Map(), rev: 0 }
  let person: Person | undefined

  function listen(connected: Person) {
    const hear = ({ message }: { message: Message }) => {
      learn(known, [message], message.rev === known.rev + 1 ? message.rev : known.rev)
    }
    connected.socket.on('message_posted', hear)
    connected.socket.on('message_changed', hear)
  }
  async function catchUp(connected: Person) {
    for (;;) {
      const { messages, hasMore } = await connected.get('join_room', { roomId, since: known.rev })
      learn(known, messages, messages.at(-1)?.rev ?? known.rev)
      if (!hasMore) return
    }
  }
  return {
    known,
    current: () => person,
    drop() {
      person?.close()
      person = undefined
    },
    async back() {
      if (person) return
      const connected = await parlor.connect({ session: first.session })
      listen(connected)
      await catchUp(connected)
      person = connected
    },
    settle: () => (person ? catchUp(person) : undefined),
  }
}
type Member = ReturnType<typeof createMember>

let texts = 0

/** Not waited for: what is under way when a connection is cut is done or not. */
function act(one: Exclude<Step, { do: 'drop' | 'return' | 'wait' }>, { known, current }: Member, roomId: string) {
  const person = current()
  if (!person) return
  const ask = (name: Parameters<Person['ask']>[0], input: object) => {
    person.socket.emit(name, { roomId, ...input }, () => undefined)
  }
  const text = `text ${++texts}`
  if (one.do === 'send') {
    ask('send_message', { clientKey: newKey(), text })
    return
  }
  const seqs = [...known.bySeq.keys()]
  const seq = seqs[one.pick % seqs.length] ?? 1
  if (one.do === 'edit') ask('edit_message', { seq, text })
  else if (one.do === 'delete') ask('delete_message', { seq })
  else if (one.do === 'pin') ask('pin_message', { seq, pinned: one.pinned })
  else ask(one.do, { seq, emoji: one.emoji })
}

/** What was under way when a connection was cut may still be on its way into the store. */
async function settle(members: readonly Member[], roomId: string) {
  let before = -1
  for (let round = 0; round < 20; round++) {
    for (const member of members) await member.settle()
    const { room } = await members[0]!.current()!.get('join_room', { roomId })
    if (room.rev === before) return room
    before = room.rev
  }
  throw new Error('the room never came to rest')
}

async function play(parlor: Parlor, steps: readonly Step[]) {
  const ada = await parlor.host('ada')
  const { roomId } = ada
  const firsts = [ada]
  for (let n = 1; n < size; n++) firsts.push(await parlor.join(`guest ${n}`))
  const members = firsts.map((first) => createMember(parlor, first, roomId))
  await Promise.all(members.map((member) => member.back()))
  for (const first of firsts) first.close()

  for (const one of steps) {
    const member = members[one.who]!
    if (one.do === 'drop') member.drop()
    else if (one.do === 'return') await member.back()
    else if (one.do === 'wait') await member.current()?.get('fetch_pinned', { roomId })
    else act(one, member, roomId)
  }
  await Promise.all(members.map((member) => member.back()))
  const room = await settle(members, roomId)
  const { messages } = await members[0]!.current()!.get('fetch_history', { roomId, before: 1e9, limit: 100 })
  for (const member of members) member.drop()
  return { messages, room, views: members.map(({ known }) => known) }
}

test('whatever five people do at once, they end with the same room', { timeout: 120_000 }, async () => {
  const parlor = await openParlor()
  const changed = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
      const { messages, room, views } = await play(parlor, steps)
      for (const { bySeq, rev } of views) {
        expect([...bySeq.values()].sort((a, b) => a.seq - b.seq)).toEqual(messages)
        expect(rev).toBe(room.rev)
      }
      expect(new Set(messages.map(({ rev }) => rev)).size).toBe(messages.length)
      for (const message of messages) {
        if (message.editedAt !== undefined) changed.add('edited')
        if (message.deletedAt !== undefined) changed.add('deleted')
        if (message.reactions.length > 0) changed.add('reacted')
        if (message.pinned) changed.add('pinned')
      }
    }),
    { seed: 20_26_11_22, numRuns: runs },
  )
  expect([...changed].sort()).toEqual(['deleted', 'edited', 'pinned', 'reacted'])
})
