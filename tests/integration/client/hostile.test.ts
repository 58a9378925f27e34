import { expect, test } from 'vitest'
import type { RoomKey } from '#shared/bridge'
import { entry, ok, openScripted, post, room, you } from './scripted-server'
import { memoryStorage, serverUrl, startClient, value, type Device } from './start-client'

const breaches = (device: Device) => device.reported.splice(0).map((error) => (error as Error).message)
const join = (device: Device, url: string) =>
  device.calls.joinRoom({ name: 'Grace', address: `${url}/ABC234`, remember: true })

test.each([
  ['nothing of the kind', 42],
  ['null', null],
  ['an unknown code', { ok: false, error: { code: 'made_up' } }],
  ['half a room', ok({ room })],
  ['a crowd beyond measure', ok({ ...entry, members: Array.from({ length: 5_001 }, () => you) })],
  ['a text beyond measure', ok({ ...entry, messages: [post(1, { text: 'x'.repeat(100_000) })] })],
  ['a session that is none', ok({ ...entry, session: '../../etc/passwd' })],
])('an entry that is %s is refused and leaves nothing behind', async (_what, reply) => {
  const { url } = await openScripted(() => reply)
  const grace = startClient({ url })

  expect(await join(grace, url)).toEqual({ ok: false, error: { code: 'unsupported_version' } })
  expect(breaches(grace)).toEqual(['reply to join_room'])
  expect(grace.state()).toEqual({ name: '', recent: [], connections: [], rooms: [] })
})

test('announcements that break the contract or are not for us change nothing', async () => {
  const { url, sockets } = await openScripted((_command, { since = 0 }) =>
    ok({ ...entry, messages: [post(1), post(2)].filter(({ rev }) => rev > Number(since)) }),
  )
  const grace = startClient({ url })
  const { key } = await value(join(grace, url))

  for (let count = 0; count < 1_000; count++) sockets[0]?.emit('message_posted', { message: { text: count } })
  sockets[0]?.emit('message_posted', { message: post(3, { text: 'x'.repeat(100_000) }) })
  sockets[0]?.emit('message_posted', { message: post(3, { roomId: 'XYZ789' }) })
  sockets[0]?.emit('room_closed', { roomId: 'XYZ789', reason: 'expired' })
  sockets[0]?.emit('__proto__', { polluted: true })
  sockets[0]?.emit('constructor')
  sockets[0]?.emit('message_posted', { message: post(3) })

  await grace.sees(key, ['message 1', 'message 2', 'message 3'])
  expect(grace.state().rooms).toHaveLength(1)
  expect(breaches(grace)).toEqual(Array.from({ length: 10 }, () => 'announcement message_posted'))
})

test('a crowd announced without end stays within bounds', async () => {
  const { url, sockets } = await openScripted(() => ok(entry))
  const grace = startClient({ url })
  const { key } = await value(join(grace, url))

  for (let count = 0; count < 6_000; count++) {
    const memberId = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
    sockets[0]?.emit('member_joined', { roomId: 'ABC234', member: { ...you, memberId, name: `Sock ${count}` } })
  }
  sockets[0]?.emit('room_changed', { room: { ...room, title: 'The end' } })

  await grace.until('the end', () => grace.room(key)?.room.title === 'The end')
  expect(grace.room(key)?.members).toHaveLength(5_000)
})

test('a page that says there is more and brings nothing is not asked for again and again', async () => {
  let asked = 0
  const { url, sockets } = await openScripted((_command, { since }) => {
    asked++
    return ok({ ...entry, messages: since === undefined ? [post(1)] : [], hasMore: since !== undefined })
  })
  const grace = startClient({ url })
  const { key } = await value(join(grace, url))

  sockets[0]?.disconnect()
  await grace.until('the return', () => grace.news.some((news) => news.kind === 'messages' && news.reset))

  expect(asked).toBe(3)
  expect(grace.texts(key)).toEqual(['message 1'])
  expect(breaches(grace)).toEqual(['join_room says there is more and does not send it'])
})

test('a message that is never taken fails after three tries, and the next one is sent', async () => {
  const { url } = await openScripted((command, { text, clientKey }) => {
    if (command !== 'send_message') return ok(entry)
    if (text === 'cursed') return { ok: false, error: { code: 'internal' } }
    return ok({ message: post(1, { text, clientKey, author: you }) })
  })
  const grace = startClient({ url }, { random: () => 0 })
  const { key } = await value(join(grace, url))

  const cursed = await grace.say(key, 'cursed')
  await grace.say(key, 'blessed')

  await grace.until('the second', () => grace.texts(key).length > 0)
  expect(grace.texts(key)).toEqual(['blessed'])
  expect(grace.room(key)?.pending).toMatchObject([{ clientKey: cursed, text: 'cursed', failed: 'internal' }])
})

test('an answer about another message is no acknowledgement', async () => {
  const { url } = await openScripted((command) => (command === 'send_message' ? ok({ message: post(7) }) : ok(entry)))
  const grace = startClient({ url }, { random: () => 0 })
  const { key } = await value(join(grace, url))

  await grace.say(key, 'mine')

  await grace.until('the failure', () => grace.room(key)?.pending[0]?.failed)
  expect(breaches(grace)).toEqual(
    Array.from({ length: 3 }, () => 'a question about one message was answered with another'),
  )
})

test('a history page is cut to what was asked for', async () => {
  const { url } = await openScripted((command) =>
    command === 'fetch_history'
      ? ok({ messages: [post(4), post(2), post(9), post(3, { roomId: 'XYZ789' })], hasMore: true })
      : ok({ ...entry, messages: [post(5)], hasMore: true }),
  )
  const grace = startClient({ url })
  const { key } = await value(join(grace, url))

  const page = await value(grace.calls.fetchMessages({ key, where: { before: 5 } }))

  expect(page).toEqual({ messages: [post(2), post(4)], hasOlder: true, hasNewer: true })
})

test('a server that sends one away says nothing about other servers', async () => {
  const { url } = await openScripted(() => ({ ok: false, error: { code: 'banned' } }))
  const { url: other } = await openScripted(() => ok(entry))
  const grace = startClient({ url: other }, { dial: (server) => server })

  expect(await join(grace, url)).toEqual({ ok: false, error: { code: 'banned' } })
  const { key } = await value(join(grace, other))

  expect(key).toBe(`${serverUrl(other)}/ABC234` as RoomKey)
  expect(grace.state().connections).toMatchObject([{ server: other, state: 'online' }])
})

test('whatever is announced thousands of times is condensed, and costs the device few writes', async () => {
  const { url, sockets } = await openScripted(() => ok(entry))
  const storage = memoryStorage()
  let writes = 0
  const write = (name: string, kept: unknown) => {
    writes += 1
    storage.write(name, kept)
  }
  const grace = startClient({ url }, { storage: { ...storage, write } })
  const { key } = await value(join(grace, url))
  const before = writes
  const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`

  for (let at = 0; at < 3_000; at++) {
    sockets[0]?.emit('typing_changed', { roomId: 'ABC234', memberId: idOf(at), typing: true })
    sockets[0]?.emit('read_changed', { roomId: 'ABC234', memberId: idOf(at), seq: at })
    sockets[0]?.emit('room_changed', { room: { ...room, title: `Trap ${at}` } })
    if (at % 500 === 0) await new Promise(setImmediate)
  }

  await grace.until('the end', () => grace.room(key)?.room.title === 'Trap 2999')
  const told = grace.news.filter(({ kind }) => kind === 'room_changed' || kind === 'typing' || kind === 'read_by')
  expect(told.length).toBeLessThan(1_000)
  expect(writes - before).toBeLessThan(100)
})
