import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import { openRawPerson } from '../../support/raw-socket'

test('who does not read is dropped, and has lost nothing once back', async () => {
  const parlor = await openParlor()
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const { roomId, session } = grace
  const stuck = await openRawPerson(parlor.url, { protocol: 1, client: 'raw/1', session })
  stuck.send(`420${JSON.stringify(['join_room', { roomId }])}`)
  await stuck.next('430')
  grace.close()
  stuck.ws.pause()

  const isDropped = () => parlor.logged.some(({ reason }) => reason === 'slow_reader')
  let sent = 0
  for (; !isDropped() && sent < 6_000; sent += 100) {
    const texts = Array.from({ length: 100 }, () => 'x'.repeat(3_900))
    await Promise.all(texts.map((text) => ada.get('send_message', { roomId, clientKey: newKey(), text })))
  }
  expect(isDropped()).toBe(true)

  const seen = new Set<number>()
  let since = 0
  for (let hasMore = true; hasMore;) {
    const back = await parlor.connect({ session })
    const page = await back.get('join_room', { roomId, since })
    back.close()
    for (const { seq, rev } of page.messages) {
      seen.add(seq)
      since = rev
    }
    hasMore = page.hasMore
  }
  expect(seen.size).toBe(sent)
})
