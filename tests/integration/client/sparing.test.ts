import { expect, test } from 'vitest'
import { entry, ok, openScripted, other, post, refused, room, you } from './scripted-server'
import { startClient, value, type Device } from './start-client'

type Asked = { command: string; input: Record<string, unknown> }

/** A server that knows three messages and remembers what it was asked. */
async function openListening(answer: (asked: Asked, count: number) => unknown = () => ok({})) {
  const asked: Asked[] = []
  const server = await openScripted((command, input) => {
    if (command === 'join_room') {
      const messages = [post(1), post(2), post(3)].filter(({ rev }) => rev > Number(input['since'] ?? 0))
      return ok({ ...entry, messages })
    }
    asked.push({ command, input })
    if (command === 'send_message') return ok({ message: post(4, { ...input, author: you }) })
    if (command === 'fetch_history') return ok({ messages: [], hasMore: false })
    return answer({ command, input }, asked.length)
  })
  return {
    ...server,
    asked,
    inputsOf: (command: string) => asked.filter((one) => one.command === command).map(({ input }) => input),
  }
}

const join = (device: Device, url: string) =>
  value(device.calls.joinRoom({ name: 'Grace', address: `${url}/ABC234`, remember: true }))

test('typing is told at most every three seconds, and its end only when its beginning was', async () => {
  let time = 0
  const { url, inputsOf } = await openListening()
  const grace = startClient({ url }, { monotonic: () => time })
  const { key } = await join(grace, url)
  const type = async (at: number, typing: boolean) => {
    time = at
    await value(grace.calls.showPresence({ key, typing }))
  }

  await type(0, false)
  for (const at of [0, 1_000, 2_999, 3_000, 5_000]) await type(at, true)
  await type(5_100, false)
  await type(5_200, false)
  await type(5_300, true)
  await grace.calls.fetchMessages({ key, where: { before: 1 } })

  expect(inputsOf('set_typing').map(({ typing }) => typing)).toEqual([true, true, false, true])
})

test('whoever sends or leaves has stopped typing', async () => {
  const { url, asked } = await openListening()
  const grace = startClient({ url })
  const { key } = await join(grace, url)

  await value(grace.calls.showPresence({ key, typing: true }))
  await value(grace.calls.sendMessage({ key, clientKey: post(9).clientKey as never, text: 'said' }))
  await value(grace.calls.showPresence({ key, typing: true }))
  await value(grace.calls.leaveRoom({ key, how: 'leave' }))

  const told = () =>
    asked.filter(({ command }) => command !== 'send_message').map(({ command, input }) => input['typing'] ?? command)
  await expect.poll(told).toEqual([true, false, true, false, 'leave_room'])
})

test('read marks go out one after another, the newest only', async () => {
  let answer: (reply: unknown) => void = () => undefined
  const { url, inputsOf } = await openListening((_, count) =>
    count === 1 ? new Promise((resolve) => (answer = resolve)) : ok({}),
  )
  const grace = startClient({ url })
  const { key } = await join(grace, url)
  // Everything said before is read by joining: there is nothing to tell but the wish to hide it.
  await value(grace.calls.showPresence({ key, readSeq: 1, hidden: false }))
  await expect.poll(() => inputsOf('mark_read').length).toBe(1)
  await value(grace.calls.showPresence({ key, readSeq: 2, hidden: true }))
  await value(grace.calls.showPresence({ key, readSeq: 3, hidden: false }))
  await value(grace.calls.showPresence({ key, readSeq: 3, hidden: true }))
  answer(ok({}))

  await expect.poll(() => inputsOf('mark_read'), { timeout: 5_000 }).toHaveLength(2)
  expect(inputsOf('mark_read')).toEqual([
    { roomId: 'ABC234', seq: 3, hidden: false },
    { roomId: 'ABC234', seq: 3, hidden: true },
  ])
})

test('a read mark made while the server is away is told when it is back', async () => {
  const { url, sockets, inputsOf } = await openListening()
  const grace = startClient({ url })
  const { key } = await join(grace, url)
  sockets[0]?.disconnect()
  await grace.until('the loss', () => grace.state().connections[0]?.state === 'connecting')

  await value(grace.calls.showPresence({ key, readSeq: 3, hidden: true }))

  await expect
    .poll(() => inputsOf('mark_read'), { timeout: 5_000 })
    .toEqual([{ roomId: 'ABC234', seq: 3, hidden: true }])
})

test('a change of a message older than all that is kept is passed on', async () => {
  const older = { ...post(1), rev: 9, text: 'edited' }
  const { url, sockets } = await openScripted((command) => {
    if (command === 'react') return ok({ message: { ...older, rev: 10 } })
    return ok({ ...entry, messages: [post(7), post(8)], hasMore: true })
  })
  const grace = startClient({ url })
  const { key } = await join(grace, url)

  sockets[0]?.emit('message_changed', { message: older })
  await grace.until('the edit', () => grace.news.find((news) => news.kind === 'messages'))
  await value(grace.calls.changeMessage({ key, seq: 1, change: { kind: 'react', emoji: '👍' } }))
  await grace.until('the reaction', () => grace.room(key)?.pendingChanges.length === 0)

  expect(grace.news.flatMap((news) => (news.kind === 'messages' ? news.messages : []))).toEqual([
    older,
    { ...older, rev: 10 },
  ])
  expect(grace.texts(key)).toEqual(['message 7', 'message 8'])
})

test('a server cannot make people follow rooms without end, nor rooms of more than two: the next takes the place of one', async () => {
  let joined = 0
  const { url, sockets } = await openScripted((command, { roomId }) => {
    if (command !== 'join_room') return ok({})
    joined++
    const kind = roomId === 'ABC234' ? 'group' : 'direct'
    return ok({ ...entry, room: { ...room, roomId, kind } })
  })
  const grace = startClient({ url })
  const { key } = await join(grace, url)
  const symbols = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  const codeOf = (count: number) => `AAAA${symbols[Math.floor(count / 30)]}${symbols[count % 30]}`

  sockets[0]?.emit('direct_opened', { room: { ...room, roomId: 'XYZ789' } })
  for (let count = 0; count < 300; count++)
    sockets[0]?.emit('direct_opened', { room: { ...room, roomId: codeOf(count), kind: 'direct' } })
  await grace.until('all of them', () => grace.state().rooms.length === 301)
  sockets[0]?.emit('direct_opened', { room: { ...room, roomId: 'ZZZZZZ', kind: 'direct' } })
  await grace.until('the next', () => grace.state().rooms.some((one) => one.room.roomId === 'ZZZZZZ'))
  sockets[0]?.emit('room_changed', { room: { ...room, title: 'The end' } })
  await grace.until('the end', () => grace.room(key)?.room.title === 'The end')

  expect([joined, grace.state().rooms.length]).toEqual([302, 301])
})

test('a search says what was found by those who answered', async () => {
  const hit = { roomId: 'ABC234', message: post(3) }
  const { url: well } = await openScripted((command) =>
    command === 'search_messages'
      ? ok({ hits: [hit, { roomId: 'XYZ789', message: post(4, { roomId: 'XYZ789' }) }], hasMore: false })
      : ok(entry),
  )
  const { url: unwell } = await openScripted((command) =>
    command === 'search_messages' ? refused('internal') : ok(entry),
  )
  const grace = startClient({ url: '' }, { dial: (server) => server })
  expect(await grace.calls.searchMessages({ query: 'apple' })).toEqual(refused('offline'))
  const [here, there] = [await join(grace, well), await join(grace, unwell)]

  expect(await grace.calls.searchMessages({ query: 'apple' })).toEqual(
    ok({ hits: [{ key: here.key, message: post(3) }], hasMore: false }),
  )
  expect(await grace.calls.searchMessages({ query: 'apple', key: there.key })).toEqual(refused('internal'))
})

test('a blocked member is not seen typing', async () => {
  const { url, sockets } = await openScripted(() => ok({ ...entry, blocked: [other.memberId] }))
  const grace = startClient({ url })
  const { key } = await join(grace, url)

  sockets[0]?.emit('typing_changed', { roomId: 'ABC234', memberId: other.memberId, typing: true })
  sockets[0]?.emit('message_posted', { message: post(1) })

  await grace.sees(key, ['message 1'])
  expect(grace.news.filter(({ kind }) => kind === 'typing')).toEqual([])
})
