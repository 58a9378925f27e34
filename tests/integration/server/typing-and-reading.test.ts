import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const say = (person: Person, text = 'hi') =>
  person.get('send_message', { roomId: person.roomId, clientKey: newKey(), text })
const type = (person: Person, typing = true) => person.get('set_typing', { roomId: person.roomId, typing })
const read = (person: Person, seq: number, hidden?: boolean) =>
  person.get('mark_read', { roomId: person.roomId, seq, ...(hidden !== undefined && { hidden }) })
const notMember = { ok: false, error: { code: 'not_a_member' } }

async function pair(options: Parameters<typeof openParlor>[0] = {}) {
  const parlor = await openParlor({ graceMs: 60_000, ...options })
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const { roomId } = ada
  return {
    parlor,
    ada,
    grace,
    roomId,
    graceTypes: (typing: boolean) => ({ roomId, memberId: grace.memberId, typing }),
    adaRead: (seq: number) => ({ roomId, memberId: ada.memberId, seq }),
  }
}

test('typing is told to the others, and ends with the message', async () => {
  const { ada, grace, graceTypes } = await pair()
  await type(grace)
  expect(await ada.heard('typing_changed')).toEqual([graceTypes(true)])
  await say(grace)
  expect(await ada.heard('typing_changed', 2)).toEqual([graceTypes(true), graceTypes(false)])
  expect(grace.heardSoFar('typing_changed')).toEqual([])
})

test('typing ends when said so, and when the last tab is gone', async () => {
  const { parlor, ada, grace, roomId, graceTypes } = await pair()
  await type(grace)
  await ada.heard('typing_changed')
  await type(grace, false)
  await ada.heard('typing_changed', 2)

  const tab = await parlor.join('', { roomId, session: grace.session })
  await type(tab)
  await ada.heard('typing_changed', 3)
  tab.close()
  await type(grace)
  await ada.heard('typing_changed', 4)
  grace.close()
  const heard = await ada.heard('typing_changed', 5)
  expect(heard.map(({ typing }) => typing)).toEqual([true, false, true, true, false])
  expect(heard.at(-1)).toEqual(graceTypes(false))
})

test('typing that nobody goes on with ends by itself', async () => {
  const { ada, grace, graceTypes } = await pair()
  await type(grace)
  const started = performance.now()
  expect(await ada.heard('typing_changed', 2)).toEqual([graceTypes(true), graceTypes(false)])
  expect(performance.now() - started).toBeGreaterThan(5_500)
})

test('what begins and ends within the window is not told', async () => {
  const { ada, grace } = await pair()
  await Promise.all([type(grace), type(grace, false)])
  await read(grace, 1)
  await say(ada)
  await read(grace, 1)
  await ada.heard('read_changed')
  expect(ada.heardSoFar('typing_changed')).toEqual([])
})

test('who has blocked somebody is not told that they type', async () => {
  const { parlor, ada, grace } = await pair()
  const linus = await parlor.join('linus')
  await ada.get('block_member', { memberId: grace.memberId, blocked: true })
  await type(grace)
  await linus.heard('typing_changed')
  await say(linus)
  await ada.heard('message_posted')
  expect(ada.heardSoFar('typing_changed')).toEqual([])
})

test('typing and marks of strangers are refused, and too many of a member', async () => {
  const { parlor, ada, grace, roomId } = await pair({ limits: { typingPerSecond: 2, readsPerSecond: 2 } })
  const eve = await parlor.connect()
  expect(await eve.ask('set_typing', { roomId, typing: true })).toEqual(notMember)
  expect(await eve.ask('mark_read', { roomId, seq: 1 })).toEqual(notMember)
  const other = await parlor.host('other')
  expect(await other.ask('set_typing', { roomId, typing: true })).toEqual(notMember)
  expect(await other.ask('mark_read', { roomId, seq: 1 })).toEqual(notMember)

  const many = await Promise.all([1, 2, 3].map(() => grace.ask('set_typing', { roomId, typing: true })))
  expect(many.map(({ ok }) => ok)).toEqual([true, true, false])
  const marks = await Promise.all([1, 2, 3].map((seq) => ada.ask('mark_read', { roomId, seq })))
  expect(marks[2]).toMatchObject({ error: { code: 'rate_limited' } })
})

test('marks are told together, the newest of each, and never go back or ahead', async () => {
  const { parlor, ada, grace, roomId, adaRead } = await pair()
  for (let n = 0; n < 5; n++) await say(grace)
  await Promise.all([read(ada, 2), read(ada, 4), read(ada, 3)])
  expect(await grace.heard('read_changed')).toEqual([adaRead(4)])
  await read(ada, 1)
  await read(ada, 999)

  expect(await grace.heard('read_changed', 2)).toEqual([adaRead(4), adaRead(5)])
  expect(await ada.heard('read_changed', 2)).toEqual([adaRead(4), adaRead(5)])
  const entry = await grace.get('join_room', { roomId })
  expect(entry.reads).toEqual([{ memberId: ada.memberId, seq: 5 }])
  await parlor.restart()
  const again = await parlor.join('', { roomId, session: grace.session })
  expect(again.entry.reads).toEqual([{ memberId: ada.memberId, seq: 5 }])
})

test('a hidden mark is one’s own, on every tab, until it is hidden no longer', async () => {
  const { parlor, ada, grace, roomId, adaRead } = await pair()
  for (let n = 0; n < 3; n++) await say(grace)
  const tab = await parlor.join('', { roomId, session: ada.session })
  await read(ada, 1, true)
  expect(await tab.heard('read_changed')).toEqual([adaRead(1)])
  await read(ada, 2)
  expect(await tab.heard('read_changed', 2)).toEqual([adaRead(1), adaRead(2)])
  expect((await grace.get('join_room', { roomId })).reads).toEqual([])
  expect((await ada.get('join_room', { roomId })).reads).toEqual([{ memberId: ada.memberId, seq: 2 }])

  await read(ada, 2, false)
  expect(await grace.heard('read_changed')).toEqual([adaRead(2)])
})

test('in a room of more than twenty nobody is told who has read what', async () => {
  const { parlor, ada, grace, roomId, adaRead } = await pair()
  for (let n = 0; n < 19; n++) await parlor.join(`guest ${n}`)
  await say(grace)
  await read(ada, 1)
  expect(await ada.heard('read_changed')).toEqual([adaRead(1)])
  await say(ada)
  await grace.heard('message_posted', 2)
  expect(grace.heardSoFar('read_changed')).toEqual([])
  expect((await grace.get('join_room', { roomId })).reads).toEqual([])
})

test('neither marks nor typing move the room’s counter', async () => {
  const { ada, grace, roomId } = await pair()
  await say(ada)
  await read(grace, 1)
  await type(grace)
  await ada.heard('typing_changed')
  expect((await ada.get('join_room', { roomId, since: 1 })).messages).toEqual([])
  expect((await ada.get('join_room', { roomId })).room.rev).toBe(1)
})
