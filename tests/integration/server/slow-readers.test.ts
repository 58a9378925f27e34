import { expect, test } from 'vitest'
import type { Message } from '#shared/protocol/entities'
import { limits } from '#shared/protocol/limits'
import { countingStore } from '../../support/counting-store'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'
import { openRawPerson } from '../../support/raw-socket'

const longestText = '𝄞'.repeat(limits.messageBytes / 4 - 96)

const sayLong = (person: Person, count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      person.get('send_message', { roomId: person.roomId, clientKey: newKey(), text: longestText }),
    ),
  )

const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer))
const most = limits.pageBytes + 10_000

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

test('pages of long messages are short, and together they are all of them', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  const { roomId } = ada
  await sayLong(ada, 100)
  const all = Array.from({ length: 100 }, (_, n) => n + 1)
  const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq)

  /** Pages until there are no more; `next` asks for the one after what was read. */
  async function read(next: (last: Message | undefined) => Promise<{ messages: Message[]; hasMore: boolean }>) {
    const pages: Message[][] = []
    for (let hasMore = true; hasMore;) {
      const page = await next(pages.at(-1)?.at(-1))
      expect(bytesOf(page)).toBeLessThan(most)
      pages.push(page.messages)
      hasMore = page.hasMore
    }
    return seqs(pages.flat())
  }

  expect(await read((last) => ada.get('join_room', { roomId, since: last?.rev ?? 0 }))).toEqual(all)
  expect(await read((last) => ada.get('fetch_newer', { roomId, after: last?.seq ?? 0 }))).toEqual(all)
  const back = await read(async (last) => {
    const page = await ada.get('fetch_history', { roomId, before: last?.seq ?? 101, limit: 100 })
    return { ...page, messages: page.messages.toReversed() }
  })
  expect(back.toReversed()).toEqual(all)

  const around = await ada.get('fetch_around', { roomId, seq: 50 })
  expect(around).toMatchObject({ hasOlder: true, hasNewer: true })
  expect(seqs(around.messages)).toContain(50)
  const newest = await ada.get('join_room', { roomId })
  expect([newest.hasMore, newest.messages.at(-1)?.seq]).toEqual([true, 100])
  for (const page of [around, newest]) expect(bytesOf(page)).toBeLessThan(most)
})

test('who asks for page after page and reads none has the next ones wait', { timeout: 60_000 }, async () => {
  const { openStore, asked } = countingStore()
  const parlor = await openParlor({ openStore })
  const ada = await parlor.host('ada')
  const { roomId, session } = ada
  await sayLong(ada, 100)
  const stuck = await openRawPerson(parlor.url, { protocol: 1, client: 'raw/1', session })
  const before = asked('changes')
  stuck.ws.pause()
  for (let n = 0; n < 40; n++) stuck.send(`42${n}${JSON.stringify(['join_room', { roomId, since: 0 }])}`)

  // As many again, asked for later and short: whatever was to be read for the other one has been by then.
  for (let n = 0; n < 40; n++) await ada.get('join_room', { roomId, since: 1e9 })
  expect(asked('changes') - before).toBeLessThan(40 + 25)

  stuck.ws.resume()
  await Promise.all(Array.from({ length: 40 }, (_, n) => stuck.next(`43${n}[`)))
  expect(asked('changes') - before).toBe(40 + 40)
})
