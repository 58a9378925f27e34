import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const refused = (code: string, field?: string) => ({
  ok: false,
  error: { code, ...(field !== undefined && { field }) },
})
const say = (person: Person, roomId: string, text = 'hi') =>
  person.ask('send_message', { roomId, clientKey: newKey(), text })

async function trio(limits: Parameters<typeof openParlor>[0] = {}) {
  const parlor = await openParlor({ graceMs: 60_000, ...limits })
  const [ada, grace, linus] = [await parlor.host('ada'), await parlor.join('grace'), await parlor.join('linus')]
  return { parlor, ada, grace, linus }
}

test('a direct room is opened once, told to every tab of the other, and heard by nobody else', async () => {
  const { parlor, ada, grace, linus } = await trio()
  const tab = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  const opened = await ada.get('open_direct', { memberId: grace.memberId })
  const { room } = opened

  expect(opened).toMatchObject({
    room: { kind: 'direct', title: '', retention: 'forever' },
    you: { name: 'ada', role: 'member' },
    messages: [],
    reset: false,
    blocked: [],
    session: ada.session,
  })
  expect(opened.members.map(({ name }) => name).sort()).toEqual(['ada', 'grace'])
  for (const one of [grace, tab]) expect(await one.heard('direct_opened')).toEqual([{ room }])

  expect((await grace.get('open_direct', { memberId: ada.memberId })).room).toEqual(room)
  expect((await tab.get('join_room', { roomId: room.roomId })).room).toEqual(room)
  await say(ada, room.roomId)
  for (const one of [ada, grace, tab]) expect(await one.heard('message_posted')).toHaveLength(1)
  await say(linus, linus.roomId, 'in the open')
  await linus.heard('message_posted')
  expect(linus.log.filter(({ payload }) => JSON.stringify(payload).includes(room.roomId))).toEqual([])
  expect(ada.heardSoFar('direct_opened')).toEqual([])
})

test('to anybody else a direct room is no room, and asking counts as a wrong code', async () => {
  const limits = { joinFailuresPerMinute: 2, joinDelayMostMs: 1 }
  const { parlor, ada, grace, linus } = await trio({ limits })
  const { room } = await ada.get('open_direct', { memberId: grace.memberId })
  const { roomId } = room
  await say(ada, roomId, 'between us')

  expect(await linus.ask('join_room', { roomId })).toEqual(await linus.ask('join_room', { roomId: 'ZZZZZZ' }))
  expect(await linus.ask('fetch_history', { roomId, before: 9 })).toEqual(refused('not_a_member'))
  expect(await linus.get('search_messages', { query: 'between' })).toEqual({ hits: [], hasMore: false })
  expect((await grace.get('search_messages', { query: 'between' })).hits).toHaveLength(1)
  expect(await ada.ask('close_room', { roomId })).toEqual(refused('forbidden'))

  const eve = await parlor.connect()
  expect(await eve.ask('join_room', { roomId: ada.roomId, name: 'eve' })).toMatchObject({
    error: { code: 'rate_limited' },
  })
})

test('a direct room is for two who share a room', async () => {
  const { parlor, ada } = await trio()
  const other = await parlor.host('other')
  expect(await ada.ask('open_direct', { memberId: other.memberId })).toEqual(refused('forbidden'))
  expect(await ada.ask('open_direct', { memberId: newKey() })).toEqual(refused('forbidden'))
  expect(await ada.ask('open_direct', { memberId: ada.memberId })).toEqual(refused('invalid_request', 'memberId'))
  const nobody = await parlor.connect()
  expect(await nobody.ask('open_direct', { memberId: ada.memberId })).toEqual(refused('not_a_member'))
})

test('who was away when it was opened is told on coming back, once a connection', async () => {
  const { parlor, ada, grace, linus } = await trio()
  grace.close()
  const { room } = await ada.get('open_direct', { memberId: grace.memberId })
  await say(ada, room.roomId, 'are you there?')

  const again = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  const [told] = await again.heard('direct_opened')
  expect(told).toEqual({ room: { ...room, rev: 1 } })
  const entry = await again.get('join_room', { roomId: room.roomId })
  expect(entry.messages.map(({ text }) => text)).toEqual(['are you there?'])
  await again.get('join_room', { roomId: ada.roomId })
  expect([again, linus].map((one) => one.heardSoFar('direct_opened').length)).toEqual([1, 0])
})

test('it outlives the server, and is opened again as it was', async () => {
  const { parlor, ada, grace } = await trio()
  const { room } = await ada.get('open_direct', { memberId: grace.memberId })
  await say(ada, room.roomId, 'kept')
  await parlor.restart()

  const again = await parlor.connect({ session: grace.session })
  const entry = await again.get('open_direct', { memberId: ada.memberId })
  expect([entry.room.roomId, entry.messages.map(({ text }) => text)]).toEqual([room.roomId, ['kept']])
})

test('a blocked one cannot write to the other alone, and learns of it only by trying', async () => {
  const { parlor, ada, grace } = await trio()
  const { roomId } = (await ada.get('open_direct', { memberId: grace.memberId })).room
  await grace.get('join_room', { roomId })
  await grace.get('block_member', { memberId: ada.memberId, blocked: true })

  expect(await say(ada, roomId)).toEqual(refused('forbidden'))
  expect(await ada.ask('open_direct', { memberId: grace.memberId })).toEqual(refused('forbidden'))
  expect(await say(ada, ada.roomId)).toMatchObject({ ok: true })
  const again = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  expect(again.entry.blocked).toEqual([ada.memberId])
  expect((await ada.get('join_room', { roomId: ada.roomId })).blocked).toEqual([])

  await grace.get('block_member', { memberId: ada.memberId, blocked: false })
  expect(await say(ada, roomId)).toMatchObject({ ok: true })
})

test('whom to block must be somebody else', async () => {
  const { parlor, ada } = await trio()
  const block = (memberId: string) => ada.ask('block_member', { memberId, blocked: true })
  expect(await block(ada.memberId)).toEqual(refused('invalid_request', 'memberId'))
  expect(await block(newKey())).toEqual(refused('invalid_request', 'memberId'))
  const nobody = await parlor.connect()
  expect(await nobody.ask('block_member', { memberId: ada.memberId, blocked: true })).toEqual(refused('not_a_member'))
})

test('who left a direct room is in it again with the next thing the other says there', async () => {
  const { parlor, ada, grace } = await trio()
  const { room } = await ada.get('open_direct', { memberId: grace.memberId })
  const { roomId } = room
  await grace.get('join_room', { roomId })
  await grace.get('leave_room', { roomId })
  await ada.heard('member_left')
  const joins = ada.heardSoFar('member_joined').length
  await say(ada, roomId, 'one more thing')

  expect((await grace.heard('direct_opened', 2))[1]).toEqual({ room: { ...room, rev: 1 } })
  const entry = await grace.get('join_room', { roomId })
  expect(entry.messages.map(({ text }) => text)).toEqual(['one more thing'])
  expect((await ada.heard('member_joined', joins + 1)).at(-1)).toMatchObject({
    roomId,
    member: { memberId: grace.memberId },
  })
  expect(entry.members.map(({ name }) => name).sort()).toEqual(['ada', 'grace'])

  await grace.get('leave_room', { roomId })
  grace.close()
  for (const text of ['and another', 'and that is all'])
    expect(await say(ada, roomId, text)).toMatchObject({ ok: true })
  await parlor.restart()
  const again = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  expect(await again.heard('direct_opened')).toEqual([{ room: { ...room, rev: 3 } }])
})

test('who left a direct room and blocked the other is not brought back', async () => {
  const { ada, grace } = await trio()
  const { roomId } = (await ada.get('open_direct', { memberId: grace.memberId })).room
  await grace.heard('direct_opened')
  await grace.get('block_member', { memberId: ada.memberId, blocked: true })
  await grace.get('leave_room', { roomId })

  expect(await say(ada, roomId)).toEqual(refused('forbidden'))
  expect(await grace.ask('fetch_history', { roomId, before: 9 })).toEqual(refused('not_a_member'))
})
