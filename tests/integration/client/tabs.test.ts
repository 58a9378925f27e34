import { expect, test } from 'vitest'
import { entry, ok, openScripted, post, you } from './scripted-server'
import { memoryStorage, startClient, value } from './start-client'

/** Two tabs of one browser, which share what is kept, and a server they both lose. */
async function openTabs() {
  let seq = 0
  const sent: unknown[] = []
  const { url, sockets } = await openScripted((command, { text, clientKey }) => {
    if (command !== 'send_message') return ok(entry)
    sent.push(text)
    seq += 1
    return ok({ message: post(seq, { text, clientKey, author: you }) })
  })
  let isReachable = true
  const storage = memoryStorage()
  const options = { storage, dial: () => (isReachable ? url : undefined) }
  const first = startClient({ url }, options)
  const { key } = await value(first.calls.joinRoom({ name: 'Grace', address: `${url}/ABC234`, remember: true }))

  return {
    first,
    key,
    storage,
    sent,
    openSecond: () => startClient({ url }, options),
    cut: async () => {
      isReachable = false
      for (const socket of sockets) socket.disconnect()
      await first.until('the cut', () => first.state().connections[0]?.state === 'connecting')
    },
    mend: () => {
      isReachable = true
      first.networkChanged()
    },
  }
}

test('what was discarded in one tab is not sent by the other', async () => {
  const { first, key, sent, openSecond, cut, mend } = await openTabs()
  await cut()
  const taken = await first.say(key, 'taken back')
  await first.say(key, 'meant')
  const second = openSecond()
  await value(second.calls.changePending({ key, clientKey: taken, change: { kind: 'discard' } }))

  mend()

  await first.sees(key, ['meant'])
  expect(sent).toEqual(['meant'])
})

test('what was edited in one tab is sent as edited by the other', async () => {
  const { first, key, sent, openSecond, cut, mend } = await openTabs()
  await cut()
  const clientKey = await first.say(key, 'a slip')
  const second = openSecond()
  await value(second.calls.changePending({ key, clientKey, change: { kind: 'edit', text: 'better' } }))

  mend()

  await first.sees(key, ['better'])
  expect(sent).toEqual(['better'])
})

test('a change that was taken back in one tab is not made by the other', async () => {
  const { first, key, openSecond, cut } = await openTabs()
  await cut()
  await value(first.calls.changeMessage({ key, seq: 1, change: { kind: 'react', emoji: '👍' } }))
  const second = openSecond()
  await value(second.calls.changeMessage({ key, seq: 1, change: { kind: 'delete' } }))
  await value(second.calls.changeMessage({ key, seq: 1, change: { kind: 'unreact', emoji: '👍' } }))

  first.storageChanged()

  const kept = first.room(key)?.pendingChanges.map(({ change }) => change.kind)
  expect(kept).not.toContain('react')
})

test('the other tab shows at once that a message was taken back', async () => {
  const { first, key, openSecond, cut } = await openTabs()
  await cut()
  const clientKey = await first.say(key, 'taken back')
  await value(openSecond().calls.changePending({ key, clientKey, change: { kind: 'discard' } }))

  first.storageChanged()

  expect(first.room(key)?.pending).toEqual([])
})

test('what waits is still sent when the browser has emptied its storage', async () => {
  const { first, key, storage, sent, cut, mend } = await openTabs()
  await cut()
  await first.say(key, 'meant')
  storage.kept.clear()
  first.storageChanged()

  mend()

  await first.sees(key, ['meant'])
  expect(sent).toEqual(['meant'])
})
