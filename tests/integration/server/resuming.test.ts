import { expect, test } from 'vitest'
import { newKey, openParlor, type Parlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const say = async (person: Person, count: number) => {
  const texts = Array.from({ length: count }, (_, n) => `${n}`)
  await Promise.all(
    texts.map((text) => person.get('send_message', { roomId: person.roomId, clientKey: newKey(), text })),
  )
}
const back = (parlor: Parlor, person: Person, since: number) =>
  parlor.join('', { roomId: person.roomId, session: person.session, since })

test('a session names its person again without a name, and since brings what was missed', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  await say(ada, 2)
  grace.close()
  await say(ada, 3)

  const again = await back(parlor, grace, 2)

  expect(again.entry).toMatchObject({ you: grace.entry.you, reset: false, hasMore: false, session: grace.session })
  expect(again.entry.messages.map(({ rev }) => rev)).toEqual([3, 4, 5])
})

test('a wide gap comes in pages and a wider one starts over', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  await say(ada, 600)

  const first = await back(parlor, ada, 0)
  expect([first.entry.messages.length, first.entry.hasMore, first.entry.reset]).toEqual([500, true, false])
  const rest = await first.get('join_room', { roomId: ada.roomId, since: 500 })
  expect([rest.messages.length, rest.hasMore]).toEqual([100, false])

  const ahead = await first.get('join_room', { roomId: ada.roomId, since: 601 })
  expect([ahead.messages.at(-1)?.seq, ahead.messages.length, ahead.reset, ahead.hasMore]).toEqual([600, 50, true, true])
})

test('nothing posted while somebody joins is missed', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const speaking = (async () => {
    for (let n = 0; n < 150; n++) await say(ada, 2)
  })()
  const joiners = await Promise.all(Array.from({ length: 8 }, (_, n) => parlor.join(`guest ${n}`)))
  await speaking

  for (const joiner of joiners) {
    const read = joiner.entry.messages.at(-1)?.seq ?? 0
    const missing = 300 - read
    if (missing > 0) await joiner.heard('message_posted', missing)
    const heard = joiner.heardSoFar('message_posted').map(({ message }) => message.seq)
    const seen = new Set([...joiner.entry.messages.map(({ seq }) => seq), ...heard])
    const first = Math.min(...seen)
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 301 - first }, (_, n) => first + n))
  }
})

test('a restart keeps rooms, names, sessions and messages', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  await say(ada, 3)

  await parlor.restart()
  const again = await back(parlor, ada, 1)

  expect(again.entry.messages.map(({ seq }) => seq)).toEqual([2, 3])
  expect(again.entry.members).toEqual([
    { ...ada.entry.you, online: true },
    { ...grace.entry.you, online: false },
  ])
  const eve = await parlor.connect()
  const taken = { ok: false, error: { code: 'name_taken', field: 'name' } }
  expect(await eve.ask('join_room', { roomId: ada.roomId, name: 'GRACE' })).toEqual(taken)
})

test('a session the server does not know makes a newcomer of its owner, and is theirs from then on', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const unknown = 'x'.repeat(43)
  const eve = await parlor.connect({ session: unknown })

  const nameless = { ok: false, error: { code: 'invalid_request', field: 'name' } }
  expect(await eve.ask('join_room', { roomId: ada.roomId })).toEqual(nameless)
  const entry = await eve.get('join_room', { roomId: ada.roomId, name: 'eve' })
  const again = await parlor.connect({ session: unknown })
  expect(entry.session).toBe(unknown)
  expect((await again.get('join_room', { roomId: ada.roomId, name: 'eve' })).you).toEqual(entry.you)
})

test('join_room takes a session too, and not a second one', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const tab = await parlor.connect()

  expect(await tab.get('join_room', { roomId: ada.roomId, session: grace.session })).toMatchObject({
    you: grace.entry.you,
  })
  const other = { ok: false, error: { code: 'invalid_request', field: 'session' } }
  expect(await tab.ask('join_room', { roomId: ada.roomId, session: ada.session })).toEqual(other)
})

test('somebody who enters twice at once is one person', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const grace = await parlor.connect()
  const join = { roomId: ada.roomId, name: 'grace' }

  const entries = await Promise.all([1, 2, 3].map(() => grace.get('join_room', join)))
  const created = await grace.get('create_room', { name: 'grace' })

  expect(new Set([...entries, created].map(({ you }) => you.memberId)).size).toBe(1)
  expect(new Set([...entries, created].map(({ session }) => session)).size).toBe(1)
})
