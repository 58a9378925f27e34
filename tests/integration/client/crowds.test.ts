import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { openParlor } from '../../support/open-parlor'
import { storeWorker } from '../../support/store-worker'
import { entry, ok, openScripted, other, refused } from './scripted-server'
import { serverUrl, startClient, value } from './start-client'

const roomId = 'ABC234' as RoomId

/** A data folder of before rooms had a largest size: `count` people joined, one after the other. */
async function crowded(count: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-crowd-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir, worker: storeWorker(), report: (error) => expect.fail(String(error)) })
  const person = (n: number) => ({
    roomId,
    memberId: uuidv7() as MemberId,
    sessionHash: `hash of ${n}`,
    name: { shown: `guest ${n}`, key: `guest ${n}` },
    at: 1_000 + n,
  })
  await store.createRoom({ ...person(0), title: 'Square', retention: 'forever' })
  await Promise.all(Array.from({ length: count - 1 }, (_, n) => store.joinRoom(person(n + 1))))
  await store.close()
  return dataDir
}

test(
  'a room in which more than 5,000 people are members opens, and its people come in pages',
  { timeout: 60_000 },
  async () => {
    const dataDir = await crowded(5_010)
    const parlor = await openParlor({ dataDir, limits: { roomMembers: Infinity, historyPerSecond: Infinity } })
    const ada = startClient(parlor)

    const { key } = await value(ada.calls.joinRoom({ name: 'Ada', address: `${parlor.url}/${roomId}`, remember: true }))
    const members = () => ada.room(key)?.members ?? []
    expect(members().slice(0, 2)).toMatchObject([{ name: 'Ada' }, { name: 'guest 0', role: 'host' }])
    await ada.until('the others', () => members().length === 5_000)
    expect(new Set(members().map(({ memberId }) => memberId)).size).toBe(5_000)
    await ada.say(key, 'so many of us')
    await ada.sees(key, ['so many of us'])
  },
)

test('people of a later page are known by name, and come and go like the others', { timeout: 30_000 }, async () => {
  const dataDir = await crowded(450)
  const parlor = await openParlor({ dataDir, graceMs: 1 })
  const ada = startClient(parlor)
  const { key } = await value(ada.calls.joinRoom({ name: 'Ada', address: `${parlor.url}/${roomId}`, remember: true }))
  const names = () => ada.room(key)?.members.map(({ name }) => name) ?? []
  await ada.until('everybody', () => names().length === 451)
  expect(ada.news.filter(({ kind }) => kind === 'members')).toHaveLength(1)

  const zoe = await parlor.join('zoe', { roomId })
  await ada.until('zoe', () => names().includes('zoe'))
  await zoe.get('leave_room', { roomId })
  await ada.until('that she left', () => !names().includes('zoe'))
  await parlor.restart()
  await ada.until('the connection', () => ada.state().connections[0]?.state === 'online')
  expect(names()).toHaveLength(451)
})

test('a server that never comes to the end of its members is not asked for ever', async () => {
  let asked = 0
  const page = (n: number) => Array.from({ length: 2 }, (_, m) => ({ ...other, memberId: idOf(n * 2 + m) }))
  const idOf = (n: number) => `02b202b4-37e2-7c0c-aee3-${String(n).padStart(12, '0')}`
  const { url } = await openScripted((command) => {
    if (command === 'join_room') return ok({ ...entry, hasMoreMembers: true })
    if (command !== 'fetch_members') return refused('internal')
    return ok({ members: page(asked++), hasMore: true })
  })
  const grace = startClient({ url })
  const { key } = await value(grace.calls.joinRoom({ name: 'Grace', address: `${url}/ABC234`, remember: true }))
  await grace.until('an end', () => grace.news.some(({ kind }) => kind === 'members'))
  expect([asked, grace.room(key)?.members.length]).toEqual([50, 101])
})

test('a full room says so', async () => {
  const parlor = await openParlor({ limits: { roomMembers: 1 } })
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  expect(await grace.calls.joinRoom({ name: 'Grace', address: key, remember: true })).toEqual(refused('room_full'))
})
