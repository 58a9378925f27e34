import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MemberId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import type { Search, Store } from '../../../src/server/store/store'
import { enter, named, newMemberId, newRoomId, openRoom } from './store-fixture'

const identity = ({ memberId, sessionHash }: { memberId: MemberId; sessionHash: string }) => ({ memberId, sessionHash })

const day = (date: string) => Date.parse(`${date}T12:00:00Z`)

/** What every store promises about finding what was said. */
export function testSearch(name: string, open: () => Promise<Store>): void {
  describe(`searching in ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    test('finds every word, the last by its beginning, newest first', async () => {
      const { ada } = await openRoom(store)
      for (const text of ['Tea at four', 'tea and biscuits', 'coffee at four']) await ada.say(text)

      expect(await ada.find('tea')).toEqual(['tea and biscuits', 'Tea at four'])
      expect(await ada.find('four te')).toEqual(['Tea at four'])
      expect(await ada.find('te four')).toEqual([])
      expect(await ada.find('BISC')).toEqual(['tea and biscuits'])
      expect(await ada.find('"at four"')).toEqual(['coffee at four', 'Tea at four'])
    })

    test('knows letters of any kind, with their accents or without', async () => {
      const { ada } = await openRoom(store)
      for (const text of ['Crème brûlée', 'Привет, мир', 'well-known', 'a1b2']) await ada.say(text)

      expect(await ada.find('creme BRULEE')).toEqual(['Crème brûlée'])
      expect(await ada.find('мир')).toEqual(['Привет, мир'])
      expect(await ada.find('well-known')).toEqual(['well-known'])
      expect(await ada.find('🎉')).toEqual([])
    })

    test('finds messages with files, and those of some rooms only', async () => {
      const { ada, room } = await openRoom(store, { title: 'Lunch club' })
      const other = await openRoom(store, { title: 'Third floor', ...identity(ada) })
      await ada.say('menu has a file')
      await ada.say('menu', { attachments: [await ada.stored({ name: 'Crème brûlée.pdf' })] })
      await other.ada.say('menu too', { attachments: [await other.ada.stored({ name: 'plan.pdf' })] })

      expect(await ada.find('menu has:file')).toEqual(['menu too', 'menu'])
      expect(await ada.find('has:file', { roomId: room.roomId })).toEqual(['menu'])
      expect(await ada.find('menu in:lun')).toEqual(['menu', 'menu has a file'])
      expect(await ada.find('in:"third fl"')).toEqual(['menu too'])
      expect(await ada.find('menu in:nowhere')).toEqual([])
      expect(await ada.find('brulee')).toEqual(['menu'])
      expect(await ada.find('menu pdf')).toEqual(['menu too', 'menu'])
    })

    test('finds no name of a file whose message was deleted, and the name still when it was edited', async () => {
      const { ada } = await openRoom(store)
      await ada.say('one', { attachments: [await ada.stored({ name: 'quincunx.pdf' })] })
      await ada.change(1, { kind: 'edit', text: 'two' })
      expect(await ada.find('quincunx two')).toEqual(['two'])
      await ada.change(1, { kind: 'delete' })
      expect(await ada.find('quincunx')).toEqual([])
      expect(await ada.find('has:file')).toEqual([])
    })

    test.each([
      '"',
      '""',
      'a"b',
      'tea OR',
      'tea AND NOT',
      'text:tea',
      'room_id:x',
      '^tea',
      'tea*',
      '(',
      'NEAR(a b)',
      '-',
      '+',
      "'",
      'from:',
      'a\0b',
      '"\0',
      'a'.repeat(200),
    ])('takes nothing that is typed for syntax: %s', async (query) => {
      const { ada } = await openRoom(store)
      await ada.say('coffee')
      expect(await ada.find(query)).toEqual([])
    })

    test('follows edits and deletions', async () => {
      const { ada } = await openRoom(store)
      await ada.say('strawberries')
      await ada.say('stays')
      await ada.change(1, { kind: 'react', emoji: '👍' })
      expect(await ada.find('straw')).toEqual(['strawberries'])
      await ada.change(1, { kind: 'edit', text: 'raspberries' })
      expect([await ada.find('straw'), await ada.find('rasp')]).toEqual([[], ['raspberries']])
      await ada.change(1, { kind: 'delete' })
      expect([await ada.find('rasp'), await ada.find('from:ada')]).toEqual([[], ['stays']])
    })

    test('looks only where somebody is a member now', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const { ada: elsewhere } = await openRoom(store)
      await ada.say('plum here')
      await elsewhere.say('plum there')
      const { room } = await store.openDirect({
        roomId: newRoomId(),
        memberId: ada.memberId,
        otherId: grace.memberId,
        at: 9_000,
      })
      await store.append({ ...ada.draft('plum for two'), roomId: room.roomId })

      expect(await grace.find('plum')).toEqual(['plum for two', 'plum here'])
      expect(await grace.find('plum', { roomId: ada.roomId })).toEqual(['plum here'])
      expect(await grace.find('plum', { roomId: elsewhere.roomId })).toEqual([])
      await store.leaveRoom({ ...grace, at: 1 })
      expect(await grace.find('plum')).toEqual(['plum for two'])
      expect(await ada.find('plum', { memberId: newMemberId() })).toEqual([])
    })

    test('finds what lies behind much that is newer in rooms of others', async () => {
      const { ada } = await openRoom(store)
      const { ada: stranger } = await openRoom(store)
      await ada.say('quince early')
      const { room } = await store.createRoom({
        ...ada.draft(''),
        roomId: newRoomId(),
        sessionHash: ada.sessionHash,
        name: named('Ada'),
        at: 1_000,
        title: '',
        retention: 'while_occupied',
      })
      await store.append({ ...ada.draft('quince late'), roomId: room.roomId })
      await Promise.all(Array.from({ length: 300 }, (_, n) => stranger.say(`quince ${n}`)))
      await ada.say('quince last')

      expect(await ada.find('quince')).toEqual(['quince last', 'quince late', 'quince early'])
      expect(await ada.find('quince', { limit: 1 })).toEqual(['quince last'])
    })

    test('finds all of what is posted in one go, once, whatever of it is refused', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const first = ada.draft('medlar 1')
      const answers = await Promise.allSettled([
        store.append(first),
        ada.say('medlar nowhere', { replyTo: 99 }),
        grace.say('medlar 2'),
        store.append(first),
        grace.change(1, { kind: 'react', emoji: '👍' }),
        ada.say('medlar 3'),
      ])

      expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1)
      expect(await grace.find('medlar')).toEqual(['medlar 3', 'medlar 2', 'medlar 1'])
    })

    test('narrows by author and by day', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace Hopper')
      await ada.say('pear 1', { sentAt: day('2026-01-30') })
      await grace.say('pear 2', { sentAt: day('2026-01-31') })
      await ada.say('pear 3', { sentAt: day('2026-02-01') })

      expect(await ada.find('pear from:grace')).toEqual(['pear 2'])
      expect(await ada.find('from:@hop')).toEqual(['pear 2'])
      expect(await ada.find('from:"grace h" pear')).toEqual(['pear 2'])
      expect(await ada.find('from:nobody pear')).toEqual([])
      expect(await ada.find('pear before:2026-01-31')).toEqual(['pear 1'])
      expect(await ada.find('pear after:2026-01-31')).toEqual(['pear 3'])
      expect(await ada.find('after:2026-01-30 before:2026-02-01')).toEqual(['pear 2'])
      expect(await ada.find('pear before:2026-01')).toEqual([])
    })

    test('goes on page by page, and no message falls between two', async () => {
      const { ada } = await openRoom(store)
      for (let n = 1; n <= 9; n++) await ada.say(`fig ${n}`, { sentAt: 5_000 + Math.ceil(n / 2) })
      const found: string[] = []
      let before: number | undefined
      for (let page = 0; page < 10; page++) {
        const { hits, hasMore } = await store.search({
          memberId: ada.memberId,
          query: 'fig',
          limit: 4,
          ...(before !== undefined && { before }),
        })
        found.push(...hits.map(({ text }) => text))
        before = hits.at(-1)?.sentAt
        if (!hasMore) break
      }
      expect(found).toEqual(Array.from({ length: 9 }, (_, n) => `fig ${9 - n}`))
    })

    test('ends a page of long messages early, and goes on after it', async () => {
      const { ada } = await openRoom(store)
      const long = 'x'.repeat(16_000)
      for (let n = 1; n <= 40; n++) await ada.say(`plum ${n} ${long}`)
      const page = (more: Pick<Search, 'lastHit'> = {}) =>
        store.search({ memberId: ada.memberId, query: 'plum', limit: 40, ...more })

      const first = await page()
      expect(Buffer.byteLength(JSON.stringify(first.hits))).toBeLessThan(limits.pageBytes)
      expect(first).toMatchObject({ hasMore: true })
      const { roomId, seq } = first.hits.at(-1)!
      const second = await page({ lastHit: { roomId, seq } })
      expect([...first.hits, ...second.hits].map((hit) => hit.seq)).toEqual(
        Array.from({ length: 40 }, (_, index) => 40 - index),
      )
      expect(second).toMatchObject({ hasMore: false })
    })

    test('goes on page by page where a clock was set back', async () => {
      const { ada } = await openRoom(store)
      const other = (await openRoom(store, identity(ada))).ada
      for (let n = 1; n <= 9; n++)
        await (n % 3 === 0 ? other : ada).say(`kiwi ${n}`, { sentAt: n === 1 ? 9_000 : 5_000 })
      const found: string[] = []
      let next: Pick<Search, 'before' | 'lastHit'> = {}
      for (let page = 0; page < 10; page++) {
        const { hits, hasMore } = await store.search({ memberId: ada.memberId, query: 'kiwi', limit: 2, ...next })
        found.push(...hits.map(({ text }) => text))
        if (!hasMore) break
        const { roomId, seq, sentAt } = hits.at(-1)!
        next = { lastHit: { roomId, seq }, before: sentAt }
      }
      expect(found).toEqual(Array.from({ length: 9 }, (_, n) => `kiwi ${9 - n}`))
    })

    test('goes on from a time where the last hit is nowhere to be found', async () => {
      const { ada } = await openRoom(store)
      const elsewhere = (await openRoom(store)).ada
      for (const sentAt of [5_000, 6_000]) await ada.say(`lime ${sentAt}`, { sentAt })
      await elsewhere.say('lime elsewhere')
      const lastHits = [
        { ...elsewhere, seq: 1 },
        { ...ada, seq: 3 },
        { roomId: newRoomId(), seq: 1 },
      ]

      for (const { roomId, seq } of lastHits)
        expect(await ada.find('lime', { lastHit: { roomId, seq }, before: 6_000 })).toEqual(['lime 5000'])
    })
  })
}
