import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/server/store/store'
import { codeOf } from './code-of'
import { enter, newMemberId, newRoomId, openRoom } from './store-fixture'

/** What every store promises about people who talk in twos. */
export function testDirects(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    describe('a room of two', () => {
      async function pair() {
        const { ada } = await openRoom(store)
        const grace = await enter(store, ada.roomId, 'Grace')
        const open = (one: typeof ada, other: typeof ada) =>
          store.openDirect({ roomId: newRoomId(), memberId: one.memberId, otherId: other.memberId, at: 9_000 })
        return { ada, grace, open }
      }

      test('is the same from both sides, and nobody else can come in', async () => {
        const { ada, grace, open } = await pair()
        const linus = await enter(store, ada.roomId, 'Linus')
        const first = await open(ada, grace)
        const second = await open(grace, ada)

        expect(first).toMatchObject({ room: { kind: 'direct', title: '', retention: 'forever' }, isNew: true })
        expect(second).toMatchObject({ room: first.room, you: first.other, other: first.you, isNew: false })
        expect([first.you, first.other].map(({ name: called, role }) => [called, role])).toEqual([
          ['Ada', 'member'],
          ['Grace', 'member'],
        ])
        const { roomId } = first.room
        expect(await codeOf(store.joinRoom({ ...linus, roomId, at: 1 }))).toBe('room_not_found')
        expect(await codeOf(store.closeRoom({ ...ada, roomId }))).toBe('forbidden')
      })

      test('is for people who share a room', async () => {
        const { ada, open } = await pair()
        const { ada: elsewhere } = await openRoom(store)
        expect(await codeOf(open(ada, elsewhere))).toBe('forbidden')
        expect(await codeOf(open(ada, ada))).toBe('invalid_request')
      })

      test('is closed to whom the other one has blocked, until that is taken back', async () => {
        const { ada, grace, open } = await pair()
        const { roomId } = (await open(ada, grace)).room
        const here = { ...ada, roomId }
        await store.append({ ...ada.draft('hi'), ...here })
        const block = { memberId: grace.memberId, blockedId: ada.memberId }
        await store.blockMember({ ...block, isBlocked: true })
        await store.blockMember({ ...block, isBlocked: true })
        const change = (kind: 'pin' | 'delete') => store.changeMessage({ ...here, seq: 1, at: 1, change: { kind } })

        expect(await codeOf(open(ada, grace))).toBe('forbidden')
        expect(await codeOf(store.append({ ...ada.draft('hello?'), ...here }))).toBe('forbidden')
        expect(await codeOf(change('pin'))).toBe('forbidden')
        expect(await codeOf(change('delete'))).toBe('ok')
        expect((await open(grace, ada)).blocked).toEqual([ada.memberId])
        expect((await store.standing(ada)).blockers).toEqual([grace.memberId])

        await store.blockMember({ ...block, isBlocked: false })
        expect(await codeOf(store.append({ ...ada.draft('hello!'), ...here }))).toBe('ok')
      })

      test('answers what was said before a block as it did then, for the answer may have been lost', async () => {
        const { ada, grace, open } = await pair()
        const { roomId } = (await open(ada, grace)).room
        const hello = { ...ada.draft('hello'), roomId }
        const edit = { ...ada, roomId, seq: 1, at: 1, change: { kind: 'edit', text: 'hullo' } } as const
        const said = await store.append(hello)
        const edited = await store.changeMessage(edit)
        await store.blockMember({ memberId: grace.memberId, blockedId: ada.memberId, isBlocked: true })

        const { seq } = said.message
        expect(await store.append(hello)).toMatchObject({ message: { seq, text: 'hullo' }, isNew: false })
        expect(await store.changeMessage(edit)).toEqual({ ...edited, isChanged: false })
        expect(await codeOf(store.append({ ...ada.draft('hello?'), roomId }))).toBe('forbidden')
      })

      test('brings back who left it, and goes with the second of them', async () => {
        const { ada, grace, open } = await pair()
        const { roomId } = (await open(ada, grace)).room
        await store.append({ ...ada.draft('hi'), ...ada, roomId })
        await store.leaveRoom({ ...grace, roomId, at: 1 })

        expect(await open(ada, grace)).toMatchObject({ room: { roomId }, isNew: true })
        await store.leaveRoom({ ...grace, roomId, at: 1 })
        await store.leaveRoom({ ...ada, roomId, at: 1 })
        expect(await codeOf(store.joinRoom({ ...ada, roomId, at: 1 }))).toBe('room_not_found')
        expect((await open(ada, grace)).room.roomId).not.toBe(roomId)
      })
    })

    test('nobody blocks themselves or nobody', async () => {
      const { ada } = await openRoom(store)
      const block = (blockedId: typeof ada.memberId) =>
        store.blockMember({ memberId: ada.memberId, blockedId, isBlocked: true })
      expect([await codeOf(block(ada.memberId)), await codeOf(block(newMemberId()))]).toEqual([
        'invalid_request',
        'invalid_request',
      ])
    })
  })
}
