import { expect, test } from 'vitest'
import { newKey, openParlor, type Parlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const say = async (person: Person, text: string) =>
  (await person.get('send_message', { roomId: person.roomId, clientKey: newKey(), text })).message
const refused = (code: string, field?: string) => ({
  ok: false,
  error: { code, ...(field !== undefined && { field }) },
})
const back = (parlor: Parlor, person: Person, since: number) =>
  parlor.join('', { roomId: person.roomId, session: person.session, since })

async function pair(options?: Parameters<typeof openParlor>[0]) {
  const parlor = await openParlor(options)
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  return { parlor, ada, grace, at: (seq: number) => ({ roomId: ada.roomId, seq }) }
}

test('an edit reaches everybody with a higher rev, and only the author may', async () => {
  const { ada, grace, at } = await pair()
  const posted = await say(ada, 'helo')

  expect(await grace.ask('edit_message', { ...at(1), text: 'mine' })).toEqual(refused('forbidden'))
  const { message } = await ada.get('edit_message', { ...at(1), text: 'hello' })

  expect(message).toEqual({ ...posted, rev: 2, text: 'hello', editedAt: expect.any(Number) as number })
  expect(await grace.heard('message_changed')).toEqual([{ message }])
  expect(await ada.heard('message_changed')).toEqual([{ message }])
})

test('what is so already is answered and told to nobody', async () => {
  const { ada, grace, at } = await pair()
  await say(ada, 'hello')
  const twice = async (name: 'edit_message' | 'react' | 'unreact' | 'pin_message' | 'delete_message', more = {}) => {
    const first = await ada.get(name, { ...at(1), ...more })
    expect(await ada.get(name, { ...at(1), ...more })).toEqual(first)
  }
  await twice('edit_message', { text: 'hullo' })
  await twice('react', { emoji: '👍' })
  await twice('unreact', { emoji: '👍' })
  await twice('pin_message', { pinned: true })
  await twice('pin_message', { pinned: false })
  await twice('delete_message')

  await say(ada, 'last')
  await grace.heard('message_posted', 2)
  expect(grace.heardSoFar('message_changed').map(({ message }) => message.rev)).toEqual([2, 3, 4, 5, 6, 7])
})

test('a deleted message is a place without words, and stays one', async () => {
  const { ada, grace, at } = await pair()
  await say(ada, 'secret')
  const { message } = await ada.get('delete_message', at(1))

  expect(message).toMatchObject({ text: '', deletedAt: expect.any(Number) as number, reactions: [], pinned: false })
  expect(await ada.ask('edit_message', { ...at(1), text: 'again' })).toEqual(refused('conflict', 'seq'))
  expect(await grace.ask('react', { ...at(1), emoji: '👍' })).toEqual(refused('conflict', 'seq'))
  expect(await grace.get('fetch_history', { roomId: ada.roomId, before: 9 })).toMatchObject({ messages: [message] })
})

test('reactions say who, pins say what, and both are any member’s', async () => {
  const { ada, grace, at } = await pair()
  await say(ada, 'hello')
  await grace.get('react', { ...at(1), emoji: '👍' })
  const { message } = await ada.get('react', { ...at(1), emoji: '👍' })
  expect(message.reactions).toEqual([{ emoji: '👍', memberIds: [grace.memberId, ada.memberId] }])

  const pinned = await grace.get('pin_message', { ...at(1), pinned: true })
  expect(await ada.get('fetch_pinned', { roomId: ada.roomId })).toEqual({ messages: [pinned.message], hasMore: false })
  await ada.get('pin_message', { ...at(1), pinned: false })
  expect(await ada.get('fetch_pinned', { roomId: ada.roomId })).toEqual({ messages: [], hasMore: false })
})

test('what is no emoji, no message or no room of yours is refused', async () => {
  const { parlor, ada, at } = await pair()
  await say(ada, 'hello')
  const eve = await parlor.connect()

  for (const emoji of ['', 'x', '👍👍', '<b>', '😀'.repeat(40)])
    expect(await ada.ask('react', { ...at(1), emoji })).toEqual(refused('invalid_request', 'emoji'))
  expect(await ada.ask('edit_message', { ...at(1), text: ' ' })).toEqual(refused('invalid_request', 'text'))
  expect(await ada.ask('edit_message', { ...at(1), text: 'x'.repeat(4_001) })).toEqual(refused('too_large', 'text'))
  expect(await ada.ask('delete_message', at(7))).toEqual(refused('invalid_request', 'seq'))
  const asked = [
    eve.ask('edit_message', { ...at(1), text: 'x' }),
    eve.ask('delete_message', at(1)),
    eve.ask('react', { ...at(1), emoji: '👍' }),
    eve.ask('unreact', { ...at(1), emoji: '👍' }),
    eve.ask('pin_message', { ...at(1), pinned: true }),
    eve.ask('fetch_pinned', { roomId: ada.roomId }),
    eve.ask('fetch_around', at(1)),
    eve.ask('fetch_newer', { roomId: ada.roomId, after: 0 }),
    ada.ask('delete_message', { roomId: 'ZZZZZZ', seq: 1 }),
  ]
  for (const reply of await Promise.all(asked)) expect(reply).toEqual(refused('not_a_member'))
})

test('changes have the limits of messages, reactions their own', async () => {
  const { ada, at } = await pair({ limits: { messageBurst: 3, messagesPerSecond: 0.01, reactionsPerSecond: 0.01 } })
  await say(ada, 'hello')
  await ada.get('edit_message', { ...at(1), text: 'hullo' })
  await ada.get('pin_message', { ...at(1), pinned: true })

  expect(await ada.ask('delete_message', at(1))).toMatchObject({ error: { code: 'rate_limited' } })
  for (const emoji of ['👍', '🎉', '😀']) await ada.get('react', { ...at(1), emoji })
  expect(await ada.ask('unreact', { ...at(1), emoji: '👍' })).toMatchObject({ error: { code: 'rate_limited' } })
})

test('who was away is told every edit, reaction, pin and deletion by since', async () => {
  const { parlor, ada, grace, at } = await pair()
  for (const text of ['one', 'two', 'three', 'four']) await say(ada, text)
  grace.close()
  const changed = [
    await ada.get('edit_message', { ...at(1), text: 'uno' }),
    await ada.get('react', { ...at(2), emoji: '👍' }),
    await ada.get('pin_message', { ...at(3), pinned: true }),
    await ada.get('delete_message', at(4)),
  ]

  const again = await back(parlor, grace, 4)
  expect(again.entry).toMatchObject({ reset: false, hasMore: false, room: { rev: 8 } })
  expect(again.entry.messages).toEqual(changed.map(({ message }) => message))
})

test('of two edits at once the later stands, for everybody', async () => {
  const { parlor, ada, grace, at } = await pair()
  await say(ada, 'draft')
  const tab = await parlor.join('', { roomId: ada.roomId, session: ada.session })
  const edits = Array.from({ length: 20 }, (_, n) =>
    (n % 2 ? ada : tab).get('edit_message', { ...at(1), text: `version ${n}` }),
  )
  const last = (await Promise.all(edits)).map(({ message }) => message).reduce((a, b) => (a.rev > b.rev ? a : b))

  for (const person of [ada, tab, grace]) {
    const heard = await person.heard('message_changed', 20)
    expect(heard.map(({ message }) => message.rev)).toEqual(Array.from({ length: 20 }, (_, n) => n + 2))
    expect(heard.at(-1)).toEqual({ message: last })
  }
  expect((await back(parlor, grace, 0)).entry.messages).toEqual([last])
})

test('nothing changed while somebody joins is missed', async () => {
  const { parlor, ada, at } = await pair()
  for (let n = 0; n < 20; n++) await say(ada, `${n}`)
  const changing = (async () => {
    for (let n = 0; n < 100; n++) await ada.get('edit_message', { ...at((n % 20) + 1), text: `edit ${n}` })
  })()
  const joiners = await Promise.all(Array.from({ length: 6 }, (_, n) => parlor.join(`guest ${n}`)))
  await changing
  const { messages } = await ada.get('fetch_history', { roomId: ada.roomId, before: 99 })

  for (const joiner of joiners) {
    await joiner.get('fetch_pinned', { roomId: ada.roomId })
    const seqs = joiner.entry.messages.map(({ seq }) => seq)
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    const known = new Map(joiner.entry.messages.map((message) => [message.seq, message]))
    for (const { message } of joiner.heardSoFar('message_changed'))
      if (message.rev > (known.get(message.seq)?.rev ?? 0)) known.set(message.seq, message)
    expect([...known.values()]).toEqual(messages)
  }
})

test('a message is fetched with what lies around it, and on from there', async () => {
  const { ada, at } = await pair()
  for (let n = 1; n <= 120; n++) await say(ada, `${n}`)
  const around = await ada.get('fetch_around', at(60))
  const seqs = around.messages.map(({ seq }) => seq)
  expect([seqs[0], seqs.at(-1), seqs.length, around.hasOlder, around.hasNewer]).toEqual([35, 84, 50, true, true])

  const newer = await ada.get('fetch_newer', { roomId: ada.roomId, after: 84 })
  expect([newer.messages[0]?.seq, newer.messages.at(-1)?.seq, newer.hasMore]).toEqual([85, 120, false])
})

test('a send that is repeated after an edit is answered with the message as it is', async () => {
  const { ada, at } = await pair()
  const draft = { roomId: ada.roomId, clientKey: newKey(), text: 'helo' }
  await ada.get('send_message', draft)
  const edited = await ada.get('edit_message', { ...at(1), text: 'hello' })
  expect(await ada.get('send_message', draft)).toEqual(edited)
})
