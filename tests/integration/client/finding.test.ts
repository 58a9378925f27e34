import { expect, test } from 'vitest'
import type { RoomKey } from '#shared/bridge'
import { openParlor } from '../../support/open-parlor'
import { serverUrl, startClient, value } from './start-client'

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('a room is read in both directions from anywhere in it', { timeout: 20_000 }, async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  for (const number of numbers(1, 250)) await ada.say(key, `${number}`)
  await ada.until('all posted', () => ada.room(key)?.pending.length === 0)

  const around = await value(ada.calls.fetchMessages({ key, where: { around: 120 } }))
  const [first = 0, last = 0] = [around.messages[0]?.seq, around.messages.at(-1)?.seq]
  expect([around.hasOlder, around.hasNewer, first < 120, last > 120]).toEqual([true, true, true, true])

  const older = await value(ada.calls.fetchMessages({ key, where: { before: first } }))
  expect([older.messages.at(-1)?.seq, older.hasNewer]).toEqual([first - 1, true])
  let newer = await value(ada.calls.fetchMessages({ key, where: { after: last } }))
  expect([newer.messages[0]?.seq, newer.hasOlder, newer.hasNewer]).toEqual([last + 1, true, true])
  for (let pages = 1; newer.hasNewer && pages < 10; pages++)
    newer = await value(ada.calls.fetchMessages({ key, where: { after: newer.messages.at(-1)?.seq ?? 0 } }))
  expect(newer.messages.at(-1)?.seq).toBe(250)
})

test('what is pinned is listed, oldest first', async () => {
  const parlor = await openParlor()
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  for (const text of ['one', 'two', 'three']) await ada.say(key, text)
  await ada.sees(key, ['one', 'two', 'three'])

  for (const seq of [3, 1]) await value(ada.calls.changeMessage({ key, seq, change: { kind: 'pin' } }))
  await ada.until('both', () => ada.room(key)?.pendingChanges.length === 0)

  const page = await value(ada.calls.fetchMessages({ key, where: { pinned: true } }))
  expect(page).toMatchObject({ messages: [{ text: 'one' }, { text: 'three' }], hasOlder: false, hasNewer: false })
})

test('a search finds in one room, or everywhere on every server, newest first', async () => {
  const [first, second] = [await openParlor(), await openParlor()]
  const ada = startClient({ url: '' }, { dial: (server) => server })
  const open = async (url: string) => (await value(ada.createRoom({ server: serverUrl(url), name: 'Ada' }))).key
  const [here, there, elsewhere] = [await open(first.url), await open(first.url), await open(second.url)]
  for (const key of [here, elsewhere, there]) {
    await ada.say(key, `an apple in ${key.slice(-6)}`)
    await ada.say(key, 'a pear')
    await ada.until('both posted', () => ada.room(key)?.pending.length === 0)
  }

  const everywhere = await value(ada.calls.searchMessages({ query: 'appl' }))
  expect(everywhere.hits.map(({ key }) => key).toSorted()).toEqual([here, there, elsewhere].toSorted())
  const times = everywhere.hits.map(({ message }) => message.sentAt)
  expect(times).toEqual(times.toSorted((a, b) => b - a))

  const inOne = await value(ada.calls.searchMessages({ query: 'apple', key: there }))
  expect(inOne).toMatchObject({ hits: [{ key: there }], hasMore: false })
  expect(await ada.calls.searchMessages({ query: ' ' })).toEqual({
    ok: false,
    error: { code: 'invalid_request', field: 'query' },
  })
})

test('page after page a search over two servers finds everything once', { timeout: 30_000 }, async () => {
  let now = 1_700_000_000_000
  const [first, second] = [await openParlor({ now: () => now }), await openParlor({ now: () => now })]
  const ada = startClient({ url: '' }, { dial: (server) => server })
  const open = async (url: string) => (await value(ada.createRoom({ server: serverUrl(url), name: 'Ada' }))).key
  const [here, there] = [await open(first.url), await open(second.url)]
  // Here all at once, there over a long time.
  const said = numbers(1, 60).flatMap((number) => [
    { key: there, at: number * 2_000, text: `an apple there, ${number}` },
    { key: here, at: 100_000 + number, text: `an apple here, ${number}` },
  ])
  const start = now
  for (const { key, at, text } of said.toSorted((a, b) => a.at - b.at)) {
    now = start + at
    await ada.say(key, text)
    await ada.until(text, () => ada.texts(key).at(-1) === text)
  }

  const found: { text: string }[] = []
  let lastHit: { key: RoomKey; seq: number; sentAt: number } | undefined
  for (let pages = 1, hasMore = true; hasMore && pages < 10; pages++) {
    const page = await value(ada.calls.searchMessages({ query: 'apple', ...(lastHit && { lastHit }) }))
    found.push(...page.hits.map(({ message }) => message))
    const last = page.hits.at(-1)!
    lastHit = { key: last.key, seq: last.message.seq, sentAt: last.message.sentAt }
    hasMore = page.hasMore
  }
  expect(found.map(({ text }) => text)).toEqual(said.toSorted((a, b) => b.at - a.at).map(({ text }) => text))
})

test('a search goes on after its last hit, also where a clock was set back', async () => {
  let now = Date.now() + 3_600_000
  const { url } = await openParlor({ now: () => now })
  const ada = startClient({ url })
  const open = async () => (await value(ada.createRoom({ server: serverUrl(url), name: 'Ada' }))).key
  const rooms = [await open(), await open()]
  const texts = numbers(1, 65).map((number) => `apple ${number}`)
  for (const [index, text] of texts.entries()) {
    const key = rooms[index % 7 === 0 ? 0 : 1]!
    await ada.say(key, text)
    await ada.until('it is posted', () => ada.room(key)?.pending.length === 0)
    now = Date.now()
  }
  const found = async (input: object) => value(ada.calls.searchMessages({ query: 'apple', ...input }))
  const first = await found({})
  const { key, message } = first.hits.at(-1)!
  const { seq, sentAt } = message
  const second = await found({ lastHit: { key, seq, sentAt } })

  expect(second.hasMore).toBe(false)
  expect([...first.hits, ...second.hits].map(({ message }) => message.text)).toEqual(texts.toReversed())
})

test('what is pinned is read page by page', { timeout: 30_000 }, async () => {
  const parlor = await openParlor({ limits: { eventBurst: 1_000 } })
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  for (const number of numbers(1, 60)) await ada.say(key, `${number} ${'x'.repeat(3_990)}é`.replaceAll('x', '€'))
  await ada.until('all posted', () => ada.room(key)?.pending.length === 0)
  for (const seq of numbers(1, 60)) await value(ada.calls.changeMessage({ key, seq, change: { kind: 'pin' } }))
  await ada.until('all pinned', () => ada.room(key)?.pendingChanges.length === 0)

  const first = await value(ada.calls.fetchMessages({ key, where: { pinned: true } }))
  expect([first.messages[0]?.seq, first.messages.length < 60, first.hasNewer]).toEqual([1, true, true])
  const after = first.messages.at(-1)?.seq ?? 0
  const rest = await value(ada.calls.fetchMessages({ key, where: { pinned: true, after } }))
  expect([rest.messages[0]?.seq, rest.messages.at(-1)?.seq, rest.hasNewer]).toEqual([after + 1, 60, false])
})
