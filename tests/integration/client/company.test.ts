import { expect, test } from 'vitest'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { openParlor } from '../../support/open-parlor'
import { serverUrl, startClient, value } from './start-client'

async function hosted() {
  const parlor = await openParlor()
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  const idOf = (device: typeof ada) => device.room(key)?.you.memberId as MemberId
  return { parlor, ada, grace, key, adaId: idOf(ada), graceId: idOf(grace) }
}

test('how far somebody has read is known to the others, until they keep it to themselves', async () => {
  const { parlor, ada, grace, key, graceId } = await hosted()
  for (const text of ['one', 'two', 'three']) await ada.say(key, text)
  await grace.sees(key, ['one', 'two', 'three'])

  await value(grace.calls.showPresence({ key, readSeq: 1 }))
  await value(grace.calls.showPresence({ key, readSeq: 2 }))
  await ada.until('the mark', () => ada.room(key)?.reads.some(({ memberId, seq }) => memberId === graceId && seq === 2))
  expect(ada.news).toContainEqual({ kind: 'read_by', key, memberId: graceId, seq: 2 })

  await value(grace.calls.showPresence({ key, readSeq: 3, hidden: true }))
  const bob = await parlor.join('Bob', { roomId: key.slice(-6) as RoomId })
  const readers = async () => (await bob.get('join_room', { roomId: bob.roomId })).reads.map(({ memberId }) => memberId)
  await expect.poll(readers, { timeout: 5_000 }).not.toContain(graceId)
})

test('people see who is typing, and not that they are themselves', async () => {
  const { ada, grace, key, graceId } = await hosted()

  await value(grace.calls.showPresence({ key, typing: true }))
  await ada.until('typing', () => ada.news.some((news) => news.kind === 'typing' && news.typing))
  await grace.say(key, 'hello')
  await ada.until('the end', () => ada.news.some((news) => news.kind === 'typing' && !news.typing))

  expect(ada.news.filter(({ kind }) => kind === 'typing')).toEqual([
    { kind: 'typing', key, memberId: graceId, typing: true },
    { kind: 'typing', key, memberId: graceId, typing: false },
  ])
  expect(grace.news.filter(({ kind }) => kind === 'typing')).toEqual([])
})

test('two people talk alone in a room that opens for both', async () => {
  const { ada, grace, key, adaId, graceId } = await hosted()

  const { key: direct } = await value(ada.calls.openDirect({ key, memberId: graceId }))
  expect(direct).not.toBe(key)
  await ada.say(direct, 'psst')
  await grace.until('the room', () => grace.room(direct))
  await grace.sees(direct, ['psst'])

  expect(grace.room(direct)).toMatchObject({ room: { kind: 'direct', title: '' }, readSeq: 0 })
  expect(await value(grace.calls.openDirect({ key, memberId: adaId }))).toEqual({ key: direct })
  expect(await value(ada.calls.openDirect({ key: direct, memberId: graceId }))).toEqual({ key: direct })
  expect([ada.state().recent.length, grace.state().recent.length]).toEqual([1, 1])
})

test('who has left a conversation of two is in it again when the other writes on', async () => {
  const { ada, grace, key, graceId } = await hosted()
  const { key: direct } = await value(ada.calls.openDirect({ key, memberId: graceId }))
  const names = () => ada.room(direct)?.members.map(({ name }) => name)
  await grace.until('the room', () => grace.room(direct))
  await value(grace.calls.leaveRoom({ key: direct, how: 'leave' }))
  await ada.until('that Grace has left', () => names()?.length === 1)
  expect(grace.room(direct)).toBeUndefined()

  await ada.say(direct, 'one more thing')
  await grace.until('the room again', () => grace.room(direct))
  await grace.sees(direct, ['one more thing'])
  expect(grace.room(direct)?.readSeq).toBe(0)
  await ada.until('Grace', () =>
    ada.room(direct)?.members.some(({ memberId, online }) => memberId === graceId && online),
  )
  expect(names()).toEqual(['Ada', 'Grace'])
})

test('who is blocked is known in every room of the server, and is not seen typing', async () => {
  const { ada, grace, key, graceId } = await hosted()
  const server = ada.room(key)?.server

  await value(ada.calls.blockMember({ key, memberId: graceId, blocked: true }))
  expect(ada.news.at(-1)).toEqual({ kind: 'blocked', server, blocked: [graceId] })
  await value(grace.calls.showPresence({ key, typing: true }))
  await grace.say(key, 'still delivered')
  await ada.sees(key, ['still delivered'])
  expect(ada.room(key)?.blocked).toEqual([graceId])

  await value(ada.calls.blockMember({ key, memberId: graceId, blocked: false }))
  expect(ada.room(key)?.blocked).toEqual([])
  expect(ada.news.filter(({ kind }) => kind === 'typing')).toEqual([])
})
