import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const refused = (code: string) => ({ ok: false, error: { code } })
const say = (person: Person, roomId: string, text = 'hi') =>
  person.ask('send_message', { roomId, clientKey: newKey(), text })
const open = (person: Person, to: Person) => person.ask('open_direct', { memberId: to.memberId })

test('one person opens only so many new conversations an hour, and goes to old ones as often as they like', async () => {
  const { host, join } = await openParlor({ limits: { directsPerHour: 1 } })
  const [ada, grace, linus] = [await host('ada'), await join('grace'), await join('linus')]
  expect(await open(ada, grace)).toMatchObject({ ok: true })
  expect(await open(ada, linus)).toMatchObject(refused('rate_limited'))
  expect(await open(ada, grace)).toMatchObject({ ok: true })
  // Whoever is written to spends nothing.
  expect(await open(linus, ada)).toMatchObject({ ok: true })
})

test.each([
  ['in all', { directsPerHourAndAddress: 2 }],
  ['with one person', { directsToOnePerHour: 2 }],
] as const)('one address opens only so many new conversations an hour %s', async (_what, limits) => {
  const { host, join } = await openParlor({ limits })
  const ada = await host('ada')
  const opened: unknown[] = []
  for (const name of ['one', 'two', 'three']) opened.push(await open(await join(name), ada))
  expect(opened).toMatchObject([{ ok: true }, { ok: true }, refused('rate_limited')])
  expect(ada.heardSoFar('direct_opened')).toHaveLength(2)
})

test('a refused conversation spends nothing of what may be opened', async () => {
  const { host, join } = await openParlor({ limits: { directsPerHour: 1 } })
  const [ada, grace, linus] = [await host('ada'), await join('grace'), await join('linus')]
  await linus.get('block_member', { memberId: ada.memberId, blocked: true })
  for (let n = 0; n < 3; n++) expect(await open(ada, linus)).toEqual(refused('forbidden'))
  expect(await open(ada, grace)).toMatchObject({ ok: true })
})

test('who takes conversations only from those they know hears of no others, until they say otherwise', async () => {
  const { host, join, restart, connect } = await openParlor()
  const [ada, grace, eve] = [await host('ada', { retention: 'forever' }), await join('grace'), await join('eve')]
  const known = await ada.get('open_direct', { memberId: grace.memberId })
  await say(ada, known.room.roomId)
  const strange = await eve.get('open_direct', { memberId: ada.memberId })
  expect(await say(eve, strange.room.roomId)).toMatchObject({ ok: true })
  expect(ada.entry.directsFrom).toBe('everybody')

  await ada.get('set_directs', { from: 'known' })
  expect(await say(grace, known.room.roomId)).toMatchObject({ ok: true })
  expect(await open(grace, ada)).toMatchObject({ ok: true })
  expect(await open(eve, ada)).toEqual(refused('forbidden'))
  expect(await say(eve, strange.room.roomId)).toEqual(refused('forbidden'))
  expect(await open(await join('mallory'), ada)).toEqual(refused('forbidden'))
  // Ada may write to whom she likes, and then they are known.
  await say(ada, strange.room.roomId, 'yes?')
  expect(await say(eve, strange.room.roomId)).toMatchObject({ ok: true })

  await restart()
  const back = await connect({ session: ada.session })
  expect((await back.get('join_room', { roomId: ada.roomId })).directsFrom).toBe('known')
  await back.get('set_directs', { from: 'everybody' })
  const linus = await join('linus', { roomId: ada.roomId })
  expect(await open(linus, ada)).toMatchObject({ ok: true })
})

test('what is said in a conversation that somebody has not joined is told to them', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const { room } = await ada.get('open_direct', { memberId: grace.memberId })
  await grace.heard('direct_opened')
  await say(ada, room.roomId)
  expect(await grace.heard('direct_opened', 2)).toMatchObject([{ room }, { room: { ...room, rev: 1 } }])
  await grace.get('join_room', { roomId: room.roomId })
  await say(ada, room.roomId)
  await grace.heard('message_posted')
  expect(grace.heardSoFar('direct_opened')).toHaveLength(2)
})
