import { expect, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { memoryStorage, serverUrl, startClient, value } from './start-client'

test('two people talk in a room that one of them made', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const server = serverUrl(parlor.url)

  const { key } = await value(ada.createRoom({ server, name: 'Ada', title: 'Engines' }))
  expect(await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))).toEqual({ key })
  await ada.say(key, 'hello')
  await grace.sees(key, ['hello'])
  await grace.say(key, 'hello yourself')

  await ada.sees(key, ['hello', 'hello yourself'])
  await grace.sees(key, ['hello', 'hello yourself'])
  await ada.until('both to be here', () => ada.room(key)?.members.length === 2)
  expect(grace.state()).toMatchObject({
    name: 'Grace',
    lastServer: server,
    recent: [{ key, server, title: 'Engines' }],
    connections: [{ server, state: 'online' }],
    rooms: [{ key, server, ready: true, hasOlder: false, pending: [], you: { name: 'Grace', role: 'member' } }],
  })
})

test('a message never stands twice on screen, nor nowhere, while it is being delivered', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const seen: string[] = []
  const pending = new Set<string>()
  const posted = new Set<string>()
  ada.onNews((batch) => {
    for (const news of batch) {
      if (news.kind === 'messages') news.messages.forEach((message) => posted.add(message.clientKey))
      if (news.kind === 'pending') {
        pending.clear()
        news.pending.forEach((message) => pending.add(message.clientKey))
      }
    }
    seen.push(`${[...posted].filter((one) => pending.has(one)).length} ${pending.size + posted.size}`)
  })

  for (let count = 1; count <= 20; count++) await ada.say(key, `message ${count}`)
  await ada.until('all posted', () => ada.room(key)?.pending.length === 0)

  expect(seen.filter((state) => !state.startsWith('0 '))).toEqual([])
  const totals = seen.map((state) => Number(state.split(' ')[1]))
  expect(totals).toEqual(totals.toSorted((a, b) => a - b))
})

test('a room joined again, in any spelling, is the same room', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const code = key.slice(-6)

  const again = await Promise.all(
    [key, key.replace('http://', ''), code.toLowerCase(), `${code.slice(0, 3)} ${code.slice(3)}`].map((address) =>
      value(ada.calls.joinRoom({ name: 'Ada', address, remember: true })),
    ),
  )

  expect(again).toEqual(Array.from({ length: 4 }, () => ({ key })))
  expect(ada.state().rooms).toHaveLength(1)
})

test('one person is in many rooms of one server over one connection', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const server = serverUrl(parlor.url)
  const keys = await Promise.all(
    Array.from({ length: 5 }, () => value(ada.createRoom({ server, name: 'Ada' })).then(({ key }) => key)),
  )

  await Promise.all(keys.map((key) => value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))))
  await Promise.all(keys.map((key) => ada.say(key, `in ${key}`)))
  await Promise.all(keys.map((key) => grace.sees(key, [`in ${key}`])))

  expect(new Set(grace.state().rooms.map(({ you }) => you.memberId)).size).toBe(1)
  expect(new Set(ada.state().rooms.map(({ you }) => you.memberId)).size).toBe(1)
  expect(grace.state().connections).toHaveLength(1)
})

test('two tabs are one person, and each shows what the other says once', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const [first, ada] = [startClient(parlor, { storage }), startClient(parlor)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(first.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  const second = startClient(parlor, { storage })
  await second.until('the room in the second tab', () => second.room(key)?.ready)

  await first.say(key, 'from the first')
  await first.sees(key, ['from the first'])
  await second.say(key, 'from the second')

  await first.sees(key, ['from the first', 'from the second'])
  await second.sees(key, ['from the first', 'from the second'])
  const members = await ada.until('both people', () =>
    ada.room(key)?.members.length === 1 ? undefined : ada.room(key)?.members,
  )
  expect(members.map(({ name }) => name)).toEqual(['Ada', 'Grace'])
})

test('the host renames the room and closes it for everybody', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))

  expect(await grace.calls.changeRoom({ key, title: 'Mine' })).toEqual({ ok: false, error: { code: 'forbidden' } })
  expect(await ada.calls.changeRoom({ key, title: 'Engines' })).toEqual({ ok: true, value: {} })
  await grace.until('the new title', () => grace.room(key)?.room.title === 'Engines')
  expect(await ada.calls.leaveRoom({ key, how: 'close' })).toEqual({ ok: true, value: {} })

  await grace.until('the end', () => !grace.room(key))
  expect(grace.news).toContainEqual({ kind: 'room_gone', key, reason: 'closed_by_host' })
  expect([ada, grace].map((device) => device.state().rooms)).toEqual([[], []])
  expect(grace.state()).toMatchObject({ recent: [], connections: [] })
})

test('older messages are fetched page by page', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  for (let count = 1; count <= 120; count++) await ada.say(key, `${count}`)
  await ada.until('all posted', () => ada.room(key)?.pending.length === 0)
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))

  const room = grace.room(key)
  const before = room?.messages[0]?.seq ?? 0
  const page = await value(grace.calls.fetchMessages({ key, where: { before } }))

  expect([room?.hasOlder, room?.messages.at(-1)?.text, room?.readSeq]).toEqual([true, '120', 120])
  expect(page.messages.at(-1)?.seq).toBe(before - 1)
})
