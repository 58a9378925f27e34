import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'

test('a message sent twice with one key is posted once', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const hello = { roomId: ada.roomId, clientKey: newKey(), text: 'hello' }

  const first = await ada.get('send_message', hello)
  const retry = await ada.get('send_message', { ...hello, clientKey: hello.clientKey.toUpperCase() })

  expect(retry).toEqual(first)
  expect(await grace.heard('message_posted')).toEqual([first])
})

test('one key with another text is a conflict, and one key of two people is two messages', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const hello = { roomId: ada.roomId, clientKey: newKey(), text: 'hello' }

  await ada.get('send_message', hello)
  expect(await ada.ask('send_message', { ...hello, text: 'hullo' })).toEqual({
    ok: false,
    error: { code: 'conflict', field: 'clientKey' },
  })
  expect((await grace.get('send_message', hello)).message).toMatchObject({ seq: 2, author: { name: 'grace' } })
})

test('everybody hears the same messages in the same order, the sender too', async () => {
  const { host, join } = await openParlor()
  const people = [await host('ada'), await join('grace'), await join('linus')]
  const { roomId } = people[0]!

  const sends = people.flatMap((person) =>
    Array.from({ length: 30 }, (_, n) => person.get('send_message', { roomId, clientKey: newKey(), text: `${n}` })),
  )
  await Promise.all(sends)

  const heard = await Promise.all(people.map((person) => person.heard('message_posted', sends.length)))
  expect(heard[0]!.map(({ message }) => message.seq)).toEqual(sends.map((_, n) => n + 1))
  expect(heard[1]).toEqual(heard[0])
  expect(heard[2]).toEqual(heard[0])
})

test('text arrives as it was written, whatever it is', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const texts = [
    '<b>&amp;</b>',
    'a\nb\r\n\tc',
    '👩‍👩‍👧‍👦 e\u0301',
    '\u202Eevil',
    '"\\\u2028',
    'é'.repeat(200),
    'x'.repeat(4_000),
  ]
  for (const text of texts) await ada.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text })

  const heard = await grace.heard('message_posted', texts.length)
  expect(heard.map(({ message }) => message.text)).toEqual(texts)
})

test('a message may answer an earlier one and no later one', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  const send = (replyTo?: number) =>
    ada.ask('send_message', { roomId: ada.roomId, clientKey: newKey(), text: 'x', ...(replyTo && { replyTo }) })

  await send()
  expect(await send(1)).toMatchObject({ ok: true, value: { message: { seq: 2, replyTo: 1 } } })
  expect(await send(99)).toEqual({ ok: false, error: { code: 'invalid_request', field: 'replyTo' } })
})

test('history is read backwards page by page', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  const { roomId } = ada
  for (let n = 0; n < 7; n++) await ada.get('send_message', { roomId, clientKey: newKey(), text: `${n}` })
  const page = (before: number, limit: number) => ada.get('fetch_history', { roomId, before, limit })
  const seqs = async (before: number, limit: number) => {
    const { messages, hasMore } = await page(before, limit)
    return [messages.map(({ seq }) => seq), hasMore]
  }

  expect(await seqs(8, 3)).toEqual([[5, 6, 7], true])
  expect(await seqs(5, 3)).toEqual([[2, 3, 4], true])
  expect(await seqs(2, 3)).toEqual([[1], false])
})
