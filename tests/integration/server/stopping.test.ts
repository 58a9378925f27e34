import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import { openRawPerson } from '../../support/raw-socket'

test('a stop waits for nobody who does not answer, and keeps how far people have read', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const { roomId, session } = ada
  await ada.get('send_message', { roomId, clientKey: newKey(), text: 'hello' })
  const asleep = await openRawPerson(parlor.url, { protocol: 1, client: 'raw/1', session })
  asleep.send(`420${JSON.stringify(['join_room', { roomId }])}`)
  await asleep.next('430')
  asleep.ws.pause()
  await ada.get('mark_read', { roomId, seq: 1 })

  const started = performance.now()
  await parlor.restart()
  expect(performance.now() - started).toBeLessThan(5_000)
  const back = await parlor.join('', { roomId, session })
  expect(back.entry.reads).toEqual([{ memberId: ada.memberId, seq: 1 }])
})
