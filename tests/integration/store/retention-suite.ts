import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import type { Store } from '../../../src/server/store/store'
import { enter, named, openRoom } from './store-fixture'

/** A server that has run without a pause. */
const ran = (ms: number) => ({ ranMs: ms, passedMs: ms })

/** What every store promises about rooms that close, or whose time has run out. */
export function testRetention(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    test('a closed room is gone with everything in it', async () => {
      const { ada } = await openRoom(store)
      await ada.say('hello')
      await store.closeRoom(ada)

      await expect(store.history({ ...ada, limit: 10 })).rejects.toEqual(new Refusal('room_not_found'))
      await openRoom(store, { roomId: ada.roomId, memberId: ada.memberId, sessionHash: ada.sessionHash })
      expect(await ada.texts()).toEqual([])
    })

    test('a long room is gone for everybody as it closes, and its code is given again when all of it is', async () => {
      const { ada } = await openRoom(store)
      await Promise.all(Array.from({ length: 120 }, (_, n) => ada.say(`quincunx ${n}`)))
      await store.closeRoom(ada)

      const again = { ...ada, sessionHash: ada.sessionHash, name: named('Ada'), at: 9_000 }
      const gone = { status: 'rejected', reason: new Refusal('room_not_found') }
      const asked = await Promise.allSettled([
        store.history({ ...ada, limit: 10 }),
        store.changes({ ...ada, since: 0, limit: 10, most: 10 }),
        store.joinRoom(again),
        store.leaveRoom(again),
        ada.say('still here?'),
      ])
      expect(asked).toEqual(asked.map(() => gone))
      expect([await store.members(ada.roomId), await ada.find('quincunx')]).toEqual([[], []])
      await store.markEmptied(ada.roomId, ran(1_000))
      expect(await store.deleteExpired(ran(99_999_999), 600)).not.toContain(ada.roomId)
      const create = () => openRoom(store, { roomId: ada.roomId, memberId: ada.memberId, sessionHash: ada.sessionHash })
      await expect(create()).rejects.toEqual(new Refusal('conflict', { field: 'roomId' }))

      let slices = 0
      while (await store.clearClosed()) slices++
      expect(slices).toBeGreaterThan(1)
      await create()
      expect(await ada.texts()).toEqual([])
    })

    test('an empty room is kept as long as its retention says', async () => {
      const day = 86_400_000
      const brief = await openRoom(store)
      const days = await openRoom(store, { retention: { days: 2 } })
      const forever = await openRoom(store, { retention: 'forever' })
      const occupied = await openRoom(store)
      for (const { room } of [brief, days, forever]) await store.markEmptied(room.roomId, ran(1_000))
      await store.markEmptied(occupied.room.roomId, ran(1_000))
      await store.markEmptied(occupied.room.roomId, undefined)
      const expired = (ms: number) => store.deleteExpired(ran(ms), 600)

      expect(await expired(1_599)).toEqual([])
      expect(await expired(1_600)).toEqual([brief.room.roomId])
      expect(await expired(1_000 + 2 * day)).toEqual([days.room.roomId])
      expect(await expired(1_000 + 9_000 * day)).toEqual([])
    })

    test('minutes are counted while the server runs, days while it is stopped as well', async () => {
      const day = 86_400_000
      const brief = await openRoom(store)
      const days = await openRoom(store, { retention: { days: 1 } })
      for (const { room } of [brief, days]) await store.markEmptied(room.roomId, { ranMs: 5_000, passedMs: 5 * day })

      expect(await store.deleteExpired({ ranMs: 5_599, passedMs: 6 * day - 1 }, 600)).toEqual([])
      expect(await store.deleteExpired({ ranMs: 5_599, passedMs: 6 * day }, 600)).toEqual([days.room.roomId])
      expect(await store.deleteExpired({ ranMs: 5_600, passedMs: 6 * day }, 600)).toEqual([brief.room.roomId])
    })

    test('somebody who joins keeps an emptied room', async () => {
      const { room } = await openRoom(store)
      await store.markEmptied(room.roomId, ran(1_000))
      await enter(store, room.roomId, 'Grace')

      expect(await store.deleteExpired(ran(99_999_999), 600)).toEqual([])
    })
  })
}
