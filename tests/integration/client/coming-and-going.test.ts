import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ownServer } from '#shared/address'
import type { ClientKey } from '#shared/protocol/ids'
import { openParlor } from '../../support/open-parlor'
import { memoryStorage, serverUrl, startClient, value } from './start-client'

const join = (address: string, name = 'Grace') => ({ name, address, remember: true })

test.each([
  ['ABC234', 'address'],
  ['not an address', 'address'],
  ['http://127.0.0.1:4545', 'code'],
])('%j is refused before anything is dialled', async (address, field) => {
  const grace = startClient({ url: 'http://127.0.0.1:9' })

  expect(await grace.calls.joinRoom(join(address))).toEqual({ ok: false, error: { code: 'address_invalid', field } })
  expect(grace.news).toEqual([])
})

test('an address where nobody listens is answered soon and leaves nothing behind', async () => {
  const storage = memoryStorage()
  const grace = startClient({ url: 'http://127.0.0.1:9' }, { storage })

  expect(await grace.calls.joinRoom(join('127.0.0.1:9/ABC234'))).toEqual({ ok: false, error: { code: 'offline' } })
  expect(grace.state()).toEqual({ name: '', recent: [], connections: [], rooms: [] })
  expect([...storage.kept.keys()]).toEqual([])
})

test('a web server that is not Parlor is told apart', async () => {
  const other = createServer((_request, response) => response.writeHead(404).end())
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const grace = startClient({ url: `http://127.0.0.1:${port}` })

  const reply = await grace.calls.joinRoom(join(`127.0.0.1:${port}/ABC234`))

  expect(reply).toEqual({ ok: false, error: { code: 'not_a_parlor_server' } })
})

test('a wrong code, a taken name and a bad name are refused and leave nothing behind', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const grace = startClient(parlor)

  const replies = [
    await grace.calls.joinRoom(join(key.replace(/.{6}$/, '000000'))),
    await grace.calls.joinRoom(join(key, 'ADA')),
    await grace.calls.joinRoom(join(key, '')),
  ]

  expect(replies.map((reply) => !reply.ok && reply.error.code)).toEqual([
    'room_not_found',
    'name_taken',
    'name_invalid',
  ])
  expect(grace.state()).toEqual({ name: '', recent: [], connections: [], rooms: [] })
})

test('a room that its server no longer has is gone, and what was not sent is kept until it is back', async () => {
  const parlor = await openParlor()
  const other = await openParlor()
  const storage = memoryStorage()
  const dialled = { url: parlor.url }
  const [ada, grace] = [startClient(parlor), startClient(dialled, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom(join(key)))
  await parlor.server.close()
  const clientKey = await grace.say(key, 'unsent')
  dialled.url = other.url

  await grace.until('the room to be gone', () => !grace.room(key))
  expect(grace.news.filter(({ kind }) => kind === 'pending' || kind === 'room_gone').slice(-2)).toMatchObject([
    { kind: 'pending', pending: [{ clientKey, text: 'unsent', failed: 'room_not_found' }] },
    { kind: 'room_gone', reason: 'not_found' },
  ])
  await parlor.restart()
  dialled.url = parlor.url
  await value(grace.calls.joinRoom(join(key)))
  expect(grace.room(key)?.pending).toMatchObject([{ clientKey, failed: 'room_not_found' }])
  await grace.calls.changePending({ key, clientKey, change: { kind: 'retry' } })

  await ada.sees(key, ['unsent'])
})

test('a person the server no longer knows comes back under the same name', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const [ada, grace] = [startClient(parlor), startClient(parlor, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const { key: second } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  for (const room of [key, second]) await value(grace.calls.joinRoom(join(room)))
  await ada.until('Grace', () => [key, second].every((room) => ada.room(room)?.members.length === 2))
  for (const room of [key, second]) await value(grace.calls.leaveRoom({ key: room, how: 'leave' }))
  await ada.until('Grace to be gone', () => [key, second].every((room) => ada.room(room)?.members.length === 1))
  const rooms = [key, second].map((room) => ({
    server: serverUrl(parlor.url),
    room: ada.room(room)?.room,
    you: { ...ada.room(room)?.you, name: 'Grace' },
    readSeq: 0,
  }))
  await grace.close()
  storage.write(`session:${parlor.url}`, 'A'.repeat(43))
  storage.write('rooms', rooms)

  const back = startClient(parlor, { storage })
  await back.until(
    'both rooms',
    () => back.state().rooms.length === 2 && back.state().rooms.every(({ ready }) => ready),
  )

  const people = back.state().rooms.map(({ you }) => you)
  expect(people.map(({ name }) => name)).toEqual(['Grace', 'Grace'])
  expect(new Set(people.map(({ memberId }) => memberId)).size).toBe(1)
  await back.say(key, 'I am back')
  await ada.sees(key, ['I am back'])
})

test('a name somebody else has by then is not changed behind a person’s back', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const [ada, grace] = [startClient(parlor), startClient(parlor, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom(join(key)))
  await grace.close()
  storage.write(`session:${parlor.url}`, 'A'.repeat(43))

  const back = startClient(parlor, { storage })
  await back.until('the end', () => back.news.some(({ kind }) => kind === 'room_gone'))

  expect(back.news).toContainEqual({ kind: 'room_gone', key, reason: 'not_a_member' })
  expect(back.state()).toMatchObject({ rooms: [], recent: [{ key }] })
  expect(await back.calls.joinRoom(join(key, 'Grace H.'))).toEqual({ ok: true, value: { key } })
})

test('what cannot be kept is refused, and nothing is sent', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const ada = startClient(parlor, { storage })
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  storage.fails = true
  const clientKey = '01a202b4-37e2-7c0c-aee3-bc5ccc2043ce' as ClientKey

  const reply = await ada.calls.sendMessage({ key, clientKey, text: 'lost?' })
  storage.fails = false

  expect(reply).toEqual({ ok: false, error: { code: 'not_kept' } })
  expect(ada.room(key)).toMatchObject({ pending: [], messages: [] })
  expect(ada.reported.splice(0)).toEqual([new Error('disk full')])
})

test('texts that no server would take are refused before they are kept', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const clientKey = '01a202b4-37e2-7c0c-aee3-bc5ccc2043ce' as ClientKey
  const send = (text: string) => ada.calls.sendMessage({ key, clientKey, text })

  const replies = [await send(' \n '), await send('x'.repeat(4_001)), await send('kept'), await send('other')]

  expect(replies).toEqual([
    { ok: false, error: { code: 'invalid_request', field: 'text' } },
    { ok: false, error: { code: 'too_large', field: 'text' } },
    { ok: true, value: {} },
    { ok: false, error: { code: 'conflict' } },
  ])
})

test('how far one has read survives a restart', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const [ada, grace] = [startClient(parlor), startClient(parlor, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom(join(key)))
  for (const text of ['one', 'two', 'three']) await ada.say(key, text)
  await grace.sees(key, ['one', 'two', 'three'])

  await grace.calls.showPresence({ key, readSeq: 2 })
  await grace.calls.showPresence({ key, readSeq: 1 })
  await grace.close()
  const restarted = startClient(parlor, { storage })

  expect(restarted.room(key)?.readSeq).toBe(2)
  await restarted.until('the room', () => restarted.room(key)?.ready)
  await restarted.calls.showPresence({ key, readSeq: 1_000 })
  expect(restarted.room(key)?.readSeq).toBe(3)
})

test('stored garbage is ignored and reported, and the rest is used', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const ada = startClient(parlor, { storage })
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await ada.close()
  const rooms = storage.read('rooms') as unknown[]
  storage.write('rooms', [42, { server: 'javascript:alert(1)' }, ...rooms])
  storage.write('recent', 'rubbish')
  storage.write(`outbox:${key}`, [
    { text: 1 },
    { clientKey: '01a202b4-37e2-7c0c-aee3-bc5ccc2043ce', text: 'kept', writtenAt: 1 },
  ])

  const restarted = startClient(parlor, { storage })

  await restarted.sees(key, ['kept'])
  expect(restarted.state().recent).toEqual([])
  expect(restarted.reported.splice(0).map((error) => (error as Error).message)).toEqual([
    'rooms',
    `outbox:${key}`,
    'recent',
  ])
})

test('a handshake the server does not accept is a refusal, not a failure to connect', async () => {
  const parlor = await openParlor()
  const grace = startClient(parlor, { clientName: 'x'.repeat(200) })

  const reply = await grace.calls.joinRoom(join(`${parlor.url}/ABC234`))

  expect(reply).toEqual({ ok: false, error: { code: 'invalid_request' } })
})

test('a device without network says so at once, except of its own server', async () => {
  const parlor = await openParlor()
  const isOnline = () => false
  const grace = startClient({ url: 'http://parlor.example' }, { isOnline })

  expect(await grace.calls.joinRoom(join('parlor.example/ABC234'))).toEqual({ ok: false, error: { code: 'offline' } })
  const ada = startClient(parlor, { isOnline })
  // This computer's own server needs no network.
  const { key } = await value(ada.createRoom({ server: ownServer, name: 'Ada' }))

  expect(key.startsWith(ownServer)).toBe(true)
})

test('the own server stopped and started elsewhere is found again at once', async () => {
  const parlor = await openParlor()
  let url: string | undefined = parlor.url
  const ada = startClient(parlor, { dial: () => url })
  const { key } = await value(ada.createRoom({ server: ownServer, name: 'Ada' }))
  url = undefined
  await parlor.server.close()
  await ada.until('the loss', () => ada.state().connections[0]?.state === 'connecting')
  await ada.say(key, 'while it was away')
  await parlor.restart()
  url = parlor.url
  ada.networkChanged()

  await ada.sees(key, ['while it was away'])
})

test('a forgotten room is offered no more', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(ada.calls.leaveRoom({ key, how: 'leave' }))

  await ada.calls.leaveRoom({ key, how: 'forget' })

  expect(ada.state().recent).toEqual([])
  expect(await ada.calls.showPresence({ key, readSeq: 1 })).toEqual({
    ok: false,
    error: { code: 'room_not_found' },
  })
})
