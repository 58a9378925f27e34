import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const say = async (person: Person, text: string) =>
  (await person.get('send_message', { roomId: person.roomId, clientKey: newKey(), text })).message

test('what was said is found newest first, in one room or in all of one’s own', async () => {
  const { host, join } = await openParlor()
  const ada = await host('ada')
  const first = await say(ada, 'tea at four')
  const other = await host('other')
  await say(other, 'tea elsewhere')
  const grace = await join('grace', { roomId: ada.roomId })
  const second = await say(grace, 'more tea')
  const find = (query: string, more = {}) => grace.get('search_messages', { query, ...more })
  const { roomId } = ada

  expect(await find('te')).toEqual({ hits: [second, first].map((message) => ({ roomId, message })), hasMore: false })
  expect((await find('tea from:ada', { roomId })).hits).toEqual([{ roomId, message: first }])
  expect(await find('tea', { limit: 1 })).toEqual({ hits: [{ roomId, message: second }], hasMore: true })
  expect((await find('tea', { limit: 1, before: second.sentAt })).hits.length).toBeLessThanOrEqual(1)
  expect((await find('tea', { roomId: other.roomId })).hits).toEqual([])
})

test('edits are found, deletions are not', async () => {
  const { host } = await openParlor()
  const ada = await host('ada')
  const { roomId } = ada
  await say(ada, 'strawberries')
  await ada.get('edit_message', { roomId, seq: 1, text: 'raspberries' })
  const texts = async (query: string) =>
    (await ada.get('search_messages', { query })).hits.map(({ message }) => message.text)

  expect([await texts('straw'), await texts('rasp')]).toEqual([[], ['raspberries']])
  await ada.get('delete_message', { roomId, seq: 1 })
  expect(await texts('rasp')).toEqual([])
})

test('what is no search is refused, and so are too many', async () => {
  const { host, join, connect } = await openParlor({ limits: { searchesPerSecond: 3 } })
  const [ada, grace] = [await host('ada'), await join('grace')]
  const ask = (input: unknown) => ada.ask('search_messages', input)
  const invalid = (field: string) => ({ ok: false, error: { code: 'invalid_request', field } })

  expect(await ask({ query: '  ' })).toEqual(invalid('query'))
  expect(await ask({ query: 'x'.repeat(201) })).toEqual(invalid('query'))
  expect(await ask({ query: 'x', limit: 101 })).toEqual(invalid('limit'))
  const nobody = await connect()
  expect(await nobody.ask('search_messages', { query: 'x' })).toEqual({ ok: false, error: { code: 'not_a_member' } })
  const search = () => grace.ask('search_messages', { query: '" OR * NEAR(' })
  const many = await Promise.all(Array.from({ length: 4 }, search))
  expect(many.map(({ ok }) => ok)).toEqual([true, true, true, false])
})
