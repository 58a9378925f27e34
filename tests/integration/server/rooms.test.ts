import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'

const refusal = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } })
const nowhere = 'ZZZZZZ'

test('creating a room makes its creator the host of an empty room', async () => {
  const { host } = await openParlor()
  const ada = await host('ada', { title: 'Kitchen' })

  const you = { memberId: ada.memberId, name: 'ada', online: true, role: 'host' }
  expect(ada.entry).toMatchObject({ you, members: [you], messages: [] })
  expect(ada.entry.room).toMatchObject({ title: 'Kitchen', rev: 0, retention: 'while_occupied' })
  expect(ada.roomId).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
  expect(ada.session).toMatch(/^[\w-]{43}$/)
})

test('a joiner is told who is here and the newest messages, and the others hear of them', async () => {
  const { host, join } = await openParlor()
  const ada = await host('ada')
  const { message } = await ada.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text: 'hello' })

  const grace = await join('grace')

  expect(grace.entry.members.map(({ name, online }) => [name, online])).toEqual([
    ['ada', true],
    ['grace', true],
  ])
  expect(grace.entry).toMatchObject({ messages: [message], reset: false, hasMore: false, room: { rev: 1 } })
  expect(await ada.heard('member_joined')).toEqual([
    { roomId: ada.roomId, member: { memberId: grace.memberId, name: 'grace', online: true, role: 'member' } },
  ])
})

test('a code is understood in any case and with look-alike letters', async () => {
  const { host, connect } = await openParlor()
  const ada = await host('ada')
  const grace = await connect()

  const typed = ada.roomId.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
  expect(await grace.ask('join_room', { roomId: ` ${typed} `, name: 'grace' })).toMatchObject({ ok: true })
})

test('a taken name is refused in any spelling and free again once its owner has left', async () => {
  const { host, join, connect } = await openParlor()
  const ada = await host('ada')
  const pal = await join('Paypal')
  const eve = await connect()
  const as = (name: string) => eve.ask('join_room', { roomId: ada.roomId, name })

  for (const name of ['Paypal', 'PAYPAL', 'PayPa1', 'paypaI'])
    expect(await as(name)).toEqual(refusal('name_taken', { field: 'name' }))
  await pal.get('leave_room', { roomId: ada.roomId })
  expect(await as('paypal')).toMatchObject({ ok: true })
})

test('names that could deceive are refused', async () => {
  const { connect } = await openParlor()
  const eve = await connect()
  for (const name of ['', '   ', 'a\u202Eb', 'a\u0000', 'x'.repeat(33), 'admin'])
    expect(await eve.ask('create_room', { name })).toEqual(refusal('name_invalid', { field: 'name' }))
})

test('leaving frees the sender from the room and tells the rest', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]

  expect(await grace.ask('leave_room', { roomId: ada.roomId })).toEqual({ ok: true, value: {} })

  const left = { roomId: ada.roomId, memberId: grace.memberId, reason: 'left' }
  expect(await ada.heard('member_left')).toEqual([left])
  const late = { roomId: ada.roomId, clientKey: newKey(), text: 'still here?' }
  expect(await grace.ask('send_message', late)).toEqual(refusal('not_a_member'))
  await ada.get('send_message', late)
  expect(await ada.heard('message_posted')).toHaveLength(1)
  expect(grace.heardSoFar('message_posted')).toEqual([])
})

test('only the host may change or close a room, and everybody hears of both', async () => {
  const { host, join, connect } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const { roomId } = ada

  expect(await grace.ask('change_room', { roomId, title: 'Mine' })).toEqual(refusal('forbidden'))
  expect(await grace.ask('close_room', { roomId })).toEqual(refusal('forbidden'))

  const { room } = await ada.get('change_room', { roomId, title: 'Ours', retention: { days: 3 } })
  expect(room).toMatchObject({ roomId, title: 'Ours', retention: { days: 3 } })
  expect(await grace.heard('room_changed')).toEqual([{ room }])

  expect(await ada.ask('close_room', { roomId })).toEqual({ ok: true, value: {} })
  expect(await grace.heard('room_closed')).toEqual([{ roomId, reason: 'closed_by_host' }])
  const late = await connect()
  expect(await late.ask('join_room', { roomId, name: 'late' })).toEqual(refusal('room_not_found'))
})

test('somebody outside a room cannot tell whether it exists', async () => {
  const { host, join, connect } = await openParlor()
  const [ada] = [await host('ada'), await join('grace')]
  const stranger = await connect()
  await stranger.get('create_room', { name: 'stranger' })
  const asks = (roomId: string) =>
    Promise.all([
      stranger.ask('send_message', { roomId, clientKey: newKey(), text: 'psst' }),
      stranger.ask('fetch_history', { roomId, before: 1 }),
      stranger.ask('leave_room', { roomId }),
      stranger.ask('close_room', { roomId }),
      stranger.ask('change_room', { roomId, title: 'x' }),
    ])

  expect(await asks(ada.roomId)).toEqual(Array(5).fill(refusal('not_a_member')))
  expect(await asks(nowhere)).toEqual(Array(5).fill(refusal('not_a_member')))
})

test('input that does not fit the contract is refused with the field at fault', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  const { roomId } = ada
  const clientKey = newKey()
  const cases: [Parameters<typeof ada.ask>[0], unknown, string, string?][] = [
    ['send_message', { roomId, clientKey, text: 'a', extra: 1 }, 'invalid_request', 'extra'],
    ['send_message', { roomId, clientKey: 'x', text: 'a' }, 'invalid_request', 'clientKey'],
    ['send_message', { roomId, clientKey, text: ' ' }, 'invalid_request', 'text'],
    ['send_message', { roomId, clientKey, text: 'a'.repeat(4_001) }, 'too_large', 'text'],
    ['send_message', { roomId, clientKey, text: '\uD800' }, 'invalid_request', 'text'],
    ['send_message', { roomId, clientKey, text: 'a', replyTo: 0 }, 'invalid_request', 'replyTo'],
    ['join_room', { roomId: 'ABC', name: 'x' }, 'invalid_request', 'roomId'],
    ['join_room', { roomId, name: 7 }, 'invalid_request', 'name'],
    ['fetch_history', { roomId, before: 1, limit: 101 }, 'invalid_request', 'limit'],
    ['create_room', { name: 'x', title: 't'.repeat(101) }, 'too_large', 'title'],
    ['create_room', [], 'invalid_request', 'name'],
    ['create_room', null, 'invalid_request'],
  ]
  for (const [name, input, code, field] of cases)
    expect([name, input, await ada.ask(name, input)]).toEqual([name, input, refusal(code, field ? { field } : {})])
})

test('unknown commands, surplus arguments and a missing payload are refused', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  const ask = (...args: unknown[]): Promise<unknown> =>
    ada.socket.timeout(5_000).emitWithAck(...(args as [string, ...unknown[]]))

  for (const args of [
    ['nonsense', {}],
    ['toString', {}],
    ['hasOwnProperty', {}],
    ['leave_room'],
    ['leave_room', {}, {}],
  ])
    expect(await ask(...args)).toEqual(refusal('invalid_request'))
})

test('a command without an ack closes the connection', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  ada.socket.emit('leave_room', { roomId: ada.roomId })
  expect(await ada.disconnected()).toBe('io server disconnect')
})
