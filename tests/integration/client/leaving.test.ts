import { expect, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { openRelay } from './open-relay'
import { memoryStorage, serverUrl, startClient, value } from './start-client'

const join = (address: string, name = 'Grace') => ({ name, address, remember: true })

test('a room left offline is gone at once, and the others hear of it when the server can be told', async () => {
  const parlor = await openParlor()
  const storage = memoryStorage()
  const [ada, grace] = [startClient(parlor), startClient(parlor, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom(join(key)))
  await ada.until('Grace', () => ada.room(key)?.members.length === 2)
  await parlor.server.close()

  expect(await grace.calls.leaveRoom({ key, how: 'leave' })).toEqual({ ok: true, value: {} })
  expect(grace.state()).toMatchObject({ connections: [], rooms: [], recent: [{ key }] })
  await grace.close()
  startClient(parlor, { storage })
  await parlor.restart()

  await ada.until('Grace to be gone', () => ada.room(key)?.ready && ada.room(key)?.members.length === 1)
})

test('who leaves a room and comes straight back stays', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [startClient(parlor), startClient(parlor)]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom(join(key)))
  const said: string[] = []
  for (let time = 1; time <= 5; time++) {
    await value(grace.calls.leaveRoom({ key, how: 'leave' }))
    await value(grace.calls.joinRoom(join(key)))
    said.push(`back again ${time}`)
    await grace.say(key, said.at(-1)!)
    await ada.sees(key, said)
  }
  await ada.until('Grace', () => ada.room(key)?.members.length === 2)
  await grace.sees(key, said)
})

/** Two tabs of Grace's on one storage, in two rooms of Ada's; the second can be cut off. */
async function twoTabs() {
  const parlor = await openParlor()
  const [relay, storage] = [await openRelay(parlor), memoryStorage()]
  const ada = startClient(parlor)
  const [here, there] = [startClient(parlor, { storage }), startClient(relay, { storage })]
  const open = async () => (await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))).key
  const [key, other] = [await open(), await open()]
  for (const tab of [here, there]) for (const room of [key, other]) await value(tab.calls.joinRoom(join(room)))
  const isAlone = () => ada.until('Grace to be gone', () => ada.room(key)?.members.length === 1)
  await ada.until('Grace', () => ada.room(key)?.members.length === 2)
  return { parlor, relay, ada, here, there, key, other, isAlone }
}

test('who leaves in one tab is not brought back by another that was cut off', async () => {
  const { relay, ada, here, there, key, other, isAlone } = await twoTabs()
  relay.isBlackHole = true
  await value(here.calls.leaveRoom({ key, how: 'leave' }))
  await isAlone()

  relay.isBlackHole = false
  relay.cutAll()
  await ada.say(other, 'still here?')
  await there.sees(other, ['still here?'])
  await there.until('the end', () => there.news.some(({ kind }) => kind === 'room_gone'))
  expect(there.news).toContainEqual({ kind: 'room_gone', key, reason: 'not_a_member' })
  expect(ada.room(key)?.members).toMatchObject([{ name: 'Ada' }])
  expect(there.room(key)).toBeUndefined()
})

test('who leaves in one tab without a connection has left in the other, too', async () => {
  const { parlor, here, there, key, other, isAlone } = await twoTabs()
  await parlor.server.close()
  await value(here.calls.leaveRoom({ key, how: 'leave' }))
  await here.close()
  await parlor.restart()

  await there.until('the end', () => there.news.some(({ kind }) => kind === 'room_gone'))
  await isAlone()
  expect(there.state().rooms.map((room) => room.key)).toEqual([other])
  expect(there.news).toContainEqual({ kind: 'room_gone', key, reason: 'left' })
})
