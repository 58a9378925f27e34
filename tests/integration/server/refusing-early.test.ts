import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CommandName } from '#shared/protocol/contract'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const refusedWith = (code: string) => ({ ok: false, error: { code } })
const tooLong = 'a'.repeat(16_384)
const send = (person: Person, roomId: string, text: string) =>
  person.ask('send_message', { roomId, clientKey: newKey(), text })

test('who has not joined is turned away before what they send is read', async () => {
  const { host, connect } = await openParlor()
  const ada = await host('ada')
  const eve = await connect()

  expect(await send(eve, ada.roomId, tooLong)).toMatchObject(refusedWith('not_a_member'))
  expect(await eve.ask('react', { nonsense: true })).toMatchObject(refusedWith('not_a_member'))
})

test('a text costs its sender one message before it is measured', async () => {
  const { host } = await openParlor({ limits: { messageBurst: 2, messagesPerSecond: 0.01 } })
  const ada = await host('ada')
  const codes = []
  for (let n = 0; n < 3; n++) codes.push(await send(ada, ada.roomId, tooLong))

  expect(codes).toMatchObject(['too_large', 'too_large', 'rate_limited'].map(refusedWith))
})

test('who sends nothing but what is too large is told so, and then cut off', async () => {
  const { host, logged } = await openParlor({ limits: { refusalsInARow: 5 } })
  const ada = await host('ada')
  const fates = await Promise.all(
    Array.from({ length: 5 }, () =>
      send(ada, ada.roomId, tooLong).then(
        (reply) => (reply.ok ? 'posted' : reply.error.code),
        () => 'cut off',
      ),
    ),
  )

  expect(fates).toEqual(['too_large', 'too_large', 'too_large', 'too_large', 'cut off'])
  expect(logged).toContainEqual(expect.objectContaining({ reason: 'too_many_refusals' }))
})

test('all who have not joined share what their address may ask', async () => {
  const { host, connect } = await openParlor({ limits: { strangerEventBurst: 4, strangerEventsPerSecond: 0.01 } })
  // Her room is the first of the four.
  const ada = await host('ada')
  const strangers = [await connect(), await connect()]
  const codes = []
  for (const one of [...strangers, ...strangers]) codes.push(await send(one, ada.roomId, 'x'))

  expect(codes).toMatchObject(['not_a_member', 'not_a_member', 'not_a_member', 'rate_limited'].map(refusedWith))
  expect(await send(ada, ada.roomId, 'x')).toMatchObject({ ok: true })
})

test('what somebody asks of rooms they have not joined counts as a stranger, though they are known elsewhere', async () => {
  const { host } = await openParlor({ limits: { strangerEventBurst: 3, strangerEventsPerSecond: 0.01 } })
  const [ada, eve] = [await host('ada'), await host('eve')]

  expect(await send(eve, ada.roomId, 'x')).toMatchObject(refusedWith('not_a_member'))
  expect(await send(eve, ada.roomId, 'x')).toMatchObject(refusedWith('rate_limited'))
  expect(await send(eve, eve.roomId, 'x')).toMatchObject({ ok: true })
})

const few = {
  messageBurst: 2,
  roomChangesPerSecond: 0.01,
  fileBurst: 2,
  filesPerSecond: 0.01,
  fileOpeningBurst: 2,
  filesOpenedPerSecond: 0.01,
}
const fileId = randomUUID()

test.each<[CommandName, object]>([
  ['change_room', { title: 'Lobby' }],
  ['close_room', {}],
  ['drop_file', { fileId }],
  ['open_file', { fileId }],
])('%s is asked only so often', async (command, input) => {
  const { host } = await openParlor({ limits: few })
  const ada = await host('ada')
  const codes = []
  for (let n = 0; n < 3; n++) {
    const reply = await ada.ask(command, { roomId: ada.roomId, ...input })
    codes.push(reply.ok ? 'ok' : reply.error.code)
  }

  expect(codes.indexOf('rate_limited')).toBe(2)
})

test('a name that cannot be used takes no room of the hour', async () => {
  const { connect } = await openParlor({ limits: { roomsPerHour: 1 } })
  const ada = await connect()

  expect(await ada.ask('create_room', { name: 'admin' })).toMatchObject(refusedWith('name_invalid'))
  expect(await ada.ask('create_room', { name: 'ada' })).toMatchObject({ ok: true })
  expect(await ada.ask('create_room', { name: 'ada' })).toMatchObject(refusedWith('rate_limited'))
})
