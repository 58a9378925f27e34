import { expect, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
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
