import { expect, test } from 'vitest'
import type { MessageChange, RoomKey } from '#shared/bridge'
import { openParlor } from '../../support/open-parlor'
import { isAnnouncement, isAnswer, isQuestion, openRelay } from './open-relay'
import { memoryStorage, serverUrl, startClient, value, type Device } from './start-client'

async function hosted() {
  const parlor = await openParlor()
  const relay = await openRelay(parlor)
  const storage = memoryStorage()
  const [ada, grace] = [startClient(parlor), startClient(relay, { storage })]
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  await value(grace.calls.joinRoom({ name: 'Grace', address: key, remember: true }))
  return { parlor, relay, storage, ada, grace, key }
}

const change = (device: Device, key: RoomKey, seq: number, wanted: MessageChange) =>
  value(device.calls.changeMessage({ key, seq, change: wanted }))
const message = (device: Device, key: RoomKey, seq: number) => device.room(key)?.messages.find((one) => one.seq === seq)
const isLevel = (device: Device, key: RoomKey) =>
  device.room(key)?.pending.length === 0 && device.room(key)?.pendingChanges.length === 0

test('an edit, a reaction, a pin and a deletion are seen by everybody', async () => {
  const { ada, grace, key } = await hosted()
  await grace.say(key, 'helo')
  await grace.say(key, 'regretted')
  await ada.sees(key, ['helo', 'regretted'])

  await change(grace, key, 1, { kind: 'edit', text: 'hello' })
  await change(ada, key, 1, { kind: 'react', emoji: '👍' })
  await change(ada, key, 1, { kind: 'pin' })
  await change(grace, key, 2, { kind: 'delete' })

  const adaId = ada.room(key)?.you.memberId
  for (const device of [ada, grace]) {
    await device.until('all changes', () => message(device, key, 2)?.deletedAt && message(device, key, 1)?.pinned)
    await device.until('the edit', () => message(device, key, 1)?.editedAt && isLevel(device, key))
    expect(message(device, key, 1)).toMatchObject({ text: 'hello', reactions: [{ emoji: '👍', memberIds: [adaId] }] })
    expect(message(device, key, 2)).toMatchObject({ text: '' })
  }
})

test('what was changed offline arrives in order after client and server were started again', async () => {
  const { parlor, relay, storage, ada, grace, key } = await hosted()
  for (const text of ['one', 'two', 'three']) await grace.say(key, text)
  await ada.sees(key, ['one', 'two', 'three'])
  await grace.sees(key, ['one', 'two', 'three'])
  await parlor.server.close()
  await grace.until('the loss', () => grace.state().connections[0]?.state === 'connecting')

  await change(grace, key, 1, { kind: 'react', emoji: '🎉' })
  await change(grace, key, 2, { kind: 'edit', text: 'TWO' })
  await grace.say(key, 'four')
  await change(grace, key, 3, { kind: 'delete' })
  await change(grace, key, 2, { kind: 'edit', text: 'zwei' })
  await grace.close()
  const restarted = startClient(relay, { storage })
  expect(restarted.room(key)?.pendingChanges.map(({ seq }) => seq)).toEqual([1, 3, 2])
  await parlor.restart()

  await ada.until('all of it', () => message(ada, key, 2)?.text === 'zwei' && message(ada, key, 3)?.deletedAt)
  await restarted.until('all of it', () => isLevel(restarted, key))
  expect(ada.texts(key)).toEqual(['one', 'zwei', '', 'four'])
  expect(message(ada, key, 1)?.reactions).toMatchObject([{ emoji: '🎉' }])
  const revs = [1, 5, 3, 2].map((seq) => message(ada, key, seq)?.rev)
  expect(revs).toEqual(revs.toSorted((a = 0, b = 0) => a - b))
  expect(restarted.room(key)?.messages).toEqual(ada.room(key)?.messages)
  expect([...storage.kept.keys()].filter((kept) => kept.startsWith('outbox:'))).toEqual([])
})

test('a change is on screen from when it is made, without a moment in between', async () => {
  const { ada, grace, key } = await hosted()
  await grace.say(key, 'helo')
  await grace.sees(key, ['helo'])
  const { length } = grace.news
  let [text, overlay] = ['helo', undefined as string | undefined]
  const seen: string[] = []
  grace.onNews((batch) => {
    for (const news of batch) {
      if (news.kind === 'messages') text = news.messages.find(({ seq }) => seq === 1)?.text ?? text
      if (news.kind !== 'pending_changes') continue
      const edit = news.pendingChanges.map((pending) => pending.change).find(({ kind }) => kind === 'edit')
      overlay = edit && 'text' in edit ? edit.text : undefined
    }
    seen.push(overlay ?? text)
  })

  await change(grace, key, 1, { kind: 'edit', text: 'hello' })
  await grace.until('the answer', () => isLevel(grace, key) && grace.news.length > length)
  await ada.sees(key, ['hello'])

  expect([...new Set(seen)]).toEqual(['hello'])
})

test('a message edited before it was sent is posted as edited', async () => {
  const { parlor, ada, grace, key } = await hosted()
  await parlor.server.close()
  await grace.until('the loss', () => grace.state().connections[0]?.state === 'connecting')
  const clientKey = await grace.say(key, 'helo')

  expect(await grace.calls.changePending({ key, clientKey, change: { kind: 'edit', text: 'hello' } })).toMatchObject({
    ok: true,
  })
  expect(grace.room(key)?.pending).toMatchObject([{ clientKey, text: 'hello' }])
  await parlor.restart()

  await ada.sees(key, ['hello'])
  await grace.sees(key, ['hello'])
  expect(message(ada, key, 1)?.editedAt).toBeUndefined()
})

test.each(['lost', 'late'] as const)(
  'a message edited while its answer is %s is posted once and then edited',
  async (fate) => {
    const { relay, ada, grace, key } = await hosted()
    const clientKey = '01a202b4-37e2-4c0c-aee3-bc5ccc2043ce' as Awaited<ReturnType<Device['say']>>
    let edited: Promise<unknown> | undefined
    relay.rule = (direction, frame) => {
      if (direction === 'down' && isAnnouncement('message_posted', frame) && fate === 'lost') return 'lose'
      if (edited || direction === 'up' || !isAnswer(frame)) return 'pass'
      edited = grace.calls.changePending({ key, clientKey, change: { kind: 'edit', text: 'hello' } })
      return fate === 'lost' ? 'cut' : 'pass'
    }

    await grace.calls.sendMessage({ key, clientKey, text: 'helo' })

    await ada.until('the edit', () => message(ada, key, 1)?.text === 'hello')
    await grace.until('the edit', () => message(grace, key, 1)?.text === 'hello' && isLevel(grace, key))
    expect(await edited).toEqual({ ok: true, value: {} })
    expect([ada.texts(key), grace.texts(key)]).toEqual([['hello'], ['hello']])
  },
)

test('a message that was stored unbeknown and edited after a restart is posted once and then edited', async () => {
  const { parlor, relay, storage, ada, grace, key } = await hosted()
  relay.rule = (direction, frame) => {
    if (direction === 'down' && isAnnouncement('message_posted', frame)) return 'lose'
    return direction === 'down' && isAnswer(frame) ? 'cut' : 'pass'
  }
  const clientKey = await grace.say(key, 'helo')
  await ada.sees(key, ['helo'])
  await grace.until('the loss', () => grace.state().connections[0]?.state === 'connecting')
  await grace.close()
  await parlor.server.close()
  const restarted = startClient(relay, { storage })
  await value(restarted.calls.changePending({ key, clientKey, change: { kind: 'edit', text: 'hello' } }))
  relay.rule = () => 'pass'
  await parlor.restart()

  await ada.until('the edit', () => message(ada, key, 1)?.text === 'hello')
  await restarted.until('the edit', () => message(restarted, key, 1)?.text === 'hello' && isLevel(restarted, key))
  expect(ada.texts(key)).toEqual(['hello'])
})

test('a change whose answer was lost is made once', async () => {
  const { relay, ada, grace, key } = await hosted()
  await ada.say(key, 'hello')
  await grace.sees(key, ['hello'])
  let lost = 0
  let isAsked = false
  relay.rule = (direction, frame) => {
    if (direction === 'up' && isQuestion('react', frame)) isAsked = true
    return direction === 'down' && isAsked && isAnswer(frame) && lost++ === 0 ? 'cut' : 'pass'
  }

  await change(grace, key, 1, { kind: 'react', emoji: '👍' })
  await grace.until('the reaction', () => isLevel(grace, key))

  expect(lost).toBeGreaterThan(0)
  expect(message(grace, key, 1)).toMatchObject({ rev: 2, reactions: [{ emoji: '👍' }] })
})

test('a change that is refused waits to be tried again or forgotten', async () => {
  const { ada, grace, key } = await hosted()
  await ada.say(key, 'mine')
  await grace.sees(key, ['mine'])
  const failed = () => grace.room(key)?.pendingChanges.find((pending) => pending.failed)

  await change(grace, key, 1, { kind: 'edit', text: 'not yours' })
  expect(await grace.until('the refusal', failed)).toEqual({
    seq: 1,
    change: { kind: 'edit', text: 'not yours' },
    failed: 'forbidden',
  })
  const { length } = grace.news
  await value(grace.calls.changePending({ key, seq: 1, change: { kind: 'retry' } }))
  await grace.until('the second refusal', () => grace.news.length > length && failed())
  await value(grace.calls.changePending({ key, seq: 1, change: { kind: 'discard' } }))

  expect(grace.room(key)?.pendingChanges).toEqual([])
  expect(grace.news.at(-1)).toEqual({ kind: 'pending_changes', key, pendingChanges: [] })
  expect(ada.texts(key)).toEqual(['mine'])
})

test('an answer carries what it answers, and one to nothing fails', async () => {
  const { ada, grace, key } = await hosted()
  await ada.say(key, 'question')
  await grace.sees(key, ['question'])
  const clientKey = '01a202b4-37e2-4c0c-aee3-bc5ccc2043ce' as Awaited<ReturnType<Device['say']>>
  const other = '01a202b4-37e2-4c0c-aee3-bc5ccc2043cf' as typeof clientKey

  await value(grace.calls.sendMessage({ key, clientKey: other, text: 'to nothing', replyTo: 99 }))
  await value(grace.calls.sendMessage({ key, clientKey, text: 'answer', replyTo: 1 }))

  await ada.sees(key, ['question', 'answer'])
  expect(message(ada, key, 2)?.replyTo).toBe(1)
  await grace.until('the failure alone', () => grace.room(key)?.pending.every(({ failed }) => failed))
  expect(grace.room(key)?.pending).toMatchObject([{ clientKey: other, replyTo: 99, failed: 'invalid_request' }])
})

test('an edit is followed by those who were away', async () => {
  const { parlor, relay, ada, grace, key } = await hosted()
  await ada.say(key, 'helo')
  await grace.sees(key, ['helo'])
  relay.rule = () => 'cut'
  relay.cutAll()
  await change(ada, key, 1, { kind: 'edit', text: 'hello' })
  await ada.until('the edit', () => message(ada, key, 1)?.editedAt)

  relay.rule = () => 'pass'
  await grace.calls.reconnect({ server: serverUrl(parlor.url) })

  await grace.sees(key, ['hello'])
  expect(grace.room(key)?.messages).toEqual(ada.room(key)?.messages)
})
