import { expect, test } from 'vitest'
import type { Store } from '../../../src/server/store/store'
import { dataDirectory } from './data-directory'
import { openRoom } from './store-fixture'

/** Costs the index much and matches nothing that was said. */
const endless = `"b ${'a '.repeat(60)}"`

async function openLongRoom(store: Store, messages: number) {
  const { ada } = await openRoom(store)
  const text = `${'a '.repeat(1_500)}b`
  await ada.say(`${text} ${'a '.repeat(60)}`)
  for (let n = 0; n < messages; n += 500)
    await Promise.all(Array.from({ length: Math.min(500, messages - n) }, () => ada.say(text)))
  return ada
}

test('a search that would look at too much looks at the newest part and says so', async () => {
  const directory = await dataDirectory()
  const store = await directory.open('store-worker', { searchMs: 0 })
  const ada = await openLongRoom(store, 200)
  const { memberId } = ada

  expect(await store.search({ memberId, query: endless, limit: 50 })).toEqual({
    hits: [],
    hasMore: false,
    truncated: true,
  })
  await ada.say(`newer: b ${'a '.repeat(60)}`)
  expect(await store.search({ memberId, query: endless, limit: 50 })).toMatchObject({
    hits: [{ seq: 202 }],
    hasMore: true,
    truncated: true,
  })
  await store.close()

  const patient = await directory.open('store-worker', { searchMs: 60_000 })
  expect(await patient.search({ memberId, query: endless, limit: 50 })).toMatchObject({
    hits: [{ seq: 202 }, { seq: 1 }],
    hasMore: false,
  })
  expect(await patient.search({ memberId, query: endless, limit: 1 })).toMatchObject({
    hits: [{ seq: 202 }],
    hasMore: true,
  })
  await patient.close()
})

test('what is searched step by step is found as by the index alone', async () => {
  const directory = await dataDirectory()
  const store = await directory.open('store-worker', { searchMs: 60_000 })
  const { ada } = await openRoom(store)
  const elsewhere = (await openRoom(store)).ada
  for (const text of ['To be or not to be, that is', 'or not to be to be', 'Crème brûlée: one two three four five'])
    await ada.say(text)
  await elsewhere.say('To be or not to be, that is')

  expect(await ada.find('"to be or not to be"')).toEqual(['To be or not to be, that is'])
  expect(await ada.find('"not to be to b"')).toEqual(['or not to be to be'])
  expect(await ada.find('creme brulee one two three four five crème BRÛLÉE on')).toEqual([
    'Crème brûlée: one two three four five',
  ])
  expect(await ada.find('"to be or not to be" from:ada after:1970-01-02')).toEqual([])
  await store.close()
})

test('nobody who reads waits for somebody who searches', async () => {
  const directory = await dataDirectory()
  const store = await directory.open('store-worker', { searchMs: 60_000 })
  const { memberId } = await openLongRoom(store, 2_000)
  const { ada: stranger } = await openRoom(store)
  const settled: string[] = []

  await store.search({ memberId: stranger.memberId, query: 'warm', limit: 1 })
  const search = store
    .search({ memberId, query: `${endless} from:ada`, limit: 50 })
    .then(() => void settled.push('search'))
  for (let page = 0; page < 5; page++) {
    await store.history({ ...stranger, limit: 50 })
    settled.push('history')
  }
  await search
  expect(settled).toEqual([...Array.from({ length: 5 }, () => 'history'), 'search'])
  await store.close()
})

test('a beginning of very many words is looked up once, and from then on message by message', async () => {
  const directory = await dataDirectory()
  const store = await directory.open('store-worker', { searchMs: 0 })
  const { ada } = await openRoom(store)
  const words = (from: number) => Array.from({ length: 300 }, (_, n) => `qqqqq${from + n}`).join(' ')
  for (let n = 0; n < 120; n++) await ada.say(`qqqqx ${words(n * 300)}`)
  await ada.say('qqqqx last')
  const search = (query: string) => store.search({ memberId: ada.memberId, query, limit: 100 })

  expect((await search('qqqqq')).hits).toHaveLength(100)
  expect(await search('qqqqq')).toMatchObject({ hasMore: true, truncated: true })
  expect((await search('qqqqx last')).hits.map(({ text }) => text)).toEqual(['qqqqx last'])
  await store.close()
})

test('the next search starts a new thread when the one that searches has died', async () => {
  const directory = await dataDirectory()
  const store = await directory.open('store-worker-mortal')
  const { ada } = await openRoom(store)
  await ada.say('quince')

  await expect(ada.find('this kills the searcher')).rejects.toThrow('kills the searcher')
  expect(await ada.find('quince')).toEqual(['quince'])
  expect(await ada.texts()).toEqual(['quince'])
  expect(directory.takeReports()).toEqual([{ message: 'kills the searcher', context: { during: 'search' } }])
  await store.close()
})
