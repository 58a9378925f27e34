import { randomInt } from 'node:crypto'
import type { RoomId } from '#shared/protocol/ids'
import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import { isAnnouncement, isAnswer, isQuestion, openRelay } from './open-relay'
import { memoryStorage, serverUrl, startClient, value } from './start-client'

async function hosted() {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const storage = memoryStorage()
  const [ada, grace] = [startClient(parlor), startClient(relay, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  return { parlor, relay, storage, ada, grace, key }
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index + 1}`)

test('a server that stops and comes back mid-conversation loses and doubles nothing', async () => {
  const { parlor, ada, grace, key } = await hosted()
  const texts = numbered(30)

  for (const [index, text] of texts.entries()) {
    await ada.say(key, text)
    if (index === 10) await parlor.server.close()
    if (index === 20) await parlor.restart()
  }

  await ada.sees(key, texts)
  await grace.sees(key, texts)
  expect(ada.state().connections).toMatchObject([{ state: 'online' }])
})

test('what was written offline is sent in order after the app was quit and started again', async () => {
  const { parlor, relay, storage, ada, grace, key } = await hosted()
  await parlor.server.close()
  await grace.until('the loss', () => grace.state().connections[0]?.state === 'connecting')
  await grace.say(key, 'one')
  await grace.say(key, 'two')
  await grace.close()

  const restarted = startClient(relay, { storage })
  expect(restarted.room(key)).toMatchObject({ ready: false, you: { name: 'Grace' }, messages: [] })
  expect(restarted.room(key)?.pending.map(({ text }) => text)).toEqual(['one', 'two'])
  await restarted.say(key, 'three')
  await parlor.restart()

  await restarted.sees(key, ['one', 'two', 'three'])
  await ada.sees(key, ['one', 'two', 'three'])
  expect([...storage.kept.keys()].filter((kept) => kept.startsWith('outbox:'))).toEqual([])
})

test('a message whose answer was lost after it was stored is posted once', async () => {
  const { relay, ada, grace, key } = await hosted()
  let hasLost = false
  relay.rule = (direction, frame) => {
    if (direction === 'down' && isAnnouncement('message_posted', frame)) return 'lose'
    if (hasLost || direction === 'up' || !isAnswer(frame)) return 'pass'
    hasLost = true
    return 'cut'
  }

  await grace.say(key, 'once')
  await ada.sees(key, ['once'])
  await grace.sees(key, ['once'])

  expect(hasLost).toBe(true)
})

test('announcements that never arrive are fetched as soon as a later one shows the gap', async () => {
  const { relay, ada, grace, key } = await hosted()
  let lost = 0
  relay.rule = (direction, frame) =>
    direction === 'down' && isAnnouncement('message_posted', frame) && lost++ < 5 ? 'lose' : 'pass'
  const texts = numbered(7)

  for (const text of texts) await ada.say(key, text)
  await grace.sees(key, texts)

  const shown = grace.news.flatMap((news) => (news.kind === 'messages' ? news.messages.map(({ seq }) => seq) : []))
  expect(shown).toEqual(shown.toSorted((a, b) => a - b))
  expect(lost).toBeGreaterThanOrEqual(5)
})

test('a conversation over a network that loses a third of all announcements ends the same for both', async () => {
  const { relay, ada, grace, key } = await hosted()
  relay.rule = (direction, frame) =>
    direction === 'down' && isAnnouncement('message_posted', frame) && randomInt(3) === 0 ? 'lose' : 'pass'

  for (const text of numbered(60)) await (randomInt(2) === 0 ? ada : grace).say(key, text)
  await ada.until('all from Ada', () => ada.room(key)?.pending.length === 0)
  await grace.until('all from Grace', () => grace.room(key)?.pending.length === 0)
  relay.rule = () => 'pass'
  await ada.say(key, 'the last')

  await ada.until('the last', () => ada.texts(key).length === 61)
  await grace.until('the last', () => grace.texts(key).includes('the last'))
  expect(grace.room(key)?.messages).toEqual(ada.room(key)?.messages)
})

test('a connection that has died without a word is noticed by the first question and replaced', async () => {
  const { relay, ada, grace, key } = await hosted()
  relay.isBlackHole = true
  await grace.say(key, 'into the void')
  await grace.until('the silence', () => grace.state().connections[0]?.state === 'connecting')
  relay.isBlackHole = false

  await grace.sees(key, ['into the void'])
  await ada.sees(key, ['into the void'])
})

test('when the network has moved under a dead connection it is replaced at once', async () => {
  const { relay, grace } = await hosted()
  relay.isBlackHole = true
  const before = Date.now()

  grace.networkChanged()
  await grace.until('the silence', () => grace.state().connections[0]?.state === 'connecting')
  relay.isBlackHole = false
  await grace.until('the return', () => grace.state().connections[0]?.state === 'online')

  expect(Date.now() - before).toBeLessThan(8_000)
})

test('a network that moved under a live connection leaves it alone', async () => {
  const { relay, grace } = await hosted()
  const answered = new Promise<void>((resolve) => {
    relay.rule = (direction, frame) => {
      if (direction === 'down' && isAnswer(frame)) resolve()
      return 'pass'
    }
  })
  const { length } = grace.news

  grace.networkChanged()
  await answered

  expect(grace.news.slice(length).filter(({ kind }) => kind === 'connection')).toEqual([])
  expect(relay.connections()).toBe(1)
})

test('what is said while one is away is caught up with, however much it was', async () => {
  const { parlor, relay, grace, key } = await hosted()
  let isAway = true
  relay.rule = () => (isAway ? 'cut' : 'pass')
  relay.cutAll()
  const texts = numbered(700)
  const bob = await parlor.join('Bob', { roomId: key.slice(-6) as RoomId })
  await Promise.all(texts.map((text) => bob.get('send_message', { roomId: bob.roomId, clientKey: newKey(), text })))
  isAway = false
  await grace.calls.reconnect({ server: serverUrl(parlor.url) })

  const shown = () => grace.news.flatMap((news) => (news.kind === 'messages' ? news.messages : []))
  await grace.until('the last', () => shown().length >= texts.length)
  expect(shown().map(({ text }) => text)).toEqual(texts)
  expect(grace.room(key)).toMatchObject({ hasOlder: true })
  expect(grace.texts(key)).toEqual(texts.slice(-grace.texts(key).length))
})

test('a flood of queued messages is delivered in order through the rate limit', async () => {
  const parlor = await openParlor({ limits: { messageBurst: 3, messagesPerSecond: 20 } })
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const texts = numbered(25)

  for (const text of texts) await ada.say(key, text)

  await ada.sees(key, texts)
})

test('a room closed while its answers are on the way stays closed', async () => {
  const { relay, grace, key } = await hosted()
  relay.rule = (direction, frame) => (direction === 'up' && isQuestion('leave_room', frame) ? 'cut' : 'pass')

  const [sent, left] = await Promise.all([
    grace.say(key, 'on the way'),
    value(grace.calls.leaveRoom({ key, how: 'leave' })),
  ])

  expect([typeof sent, left]).toEqual(['string', {}])
  relay.rule = () => 'pass'
  expect(grace.state().rooms).toEqual([])
})
