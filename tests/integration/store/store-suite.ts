import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import type { MemberId, RoomId } from '#shared/protocol/ids'
import type { Store } from '../../../src/server/store/store'
import { enter, named, newKey, newMemberId, newRoomId, openRoom } from './store-fixture'

/** What every store promises, whatever it keeps its rows in. */
export function testStore(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    test('a room is made with its maker as host', async () => {
      const roomId = newRoomId()
      const draft = { roomId, memberId: newMemberId(), sessionHash: newKey(), name: named('Ada'), at: 7 }
      const made = await store.createRoom({ ...draft, title: 'Tea', retention: { days: 3 } })

      const you = { memberId: draft.memberId, name: 'Ada', role: 'host' }
      const room = { roomId, kind: 'group', title: 'Tea', createdAt: 7, rev: 0, retention: { days: 3 } }
      expect(made).toEqual({ room, you, blocked: [], directsFrom: 'everybody' })
      expect(await store.members(roomId)).toEqual([you])
      expect(await store.findPerson(draft.sessionHash)).toEqual({ memberId: draft.memberId, name: 'Ada' })
    })

    test('a room id is given once', async () => {
      const { ada } = await openRoom(store)
      await expect(openRoom(store, { roomId: ada.roomId })).rejects.toEqual(
        new Refusal('conflict', { field: 'roomId' }),
      )
    })

    test('a message sent twice with one key is posted once, and both hear the same', async () => {
      const { ada } = await openRoom(store)
      const hello = ada.draft('hello')
      const first = await store.append(hello)
      const retry = await store.append({ ...hello, sentAt: 9_999 })

      expect(first.isNew).toBe(true)
      expect(retry).toEqual({ message: first.message, isNew: false })
      expect(await ada.texts()).toEqual(['hello'])
    })

    test('one key with another text, or as an answer to something else, is a conflict', async () => {
      const { ada } = await openRoom(store)
      await ada.say('first')
      const hello = ada.draft('hello')
      await store.append(hello)

      const conflict = new Refusal('conflict', { field: 'clientKey' })
      await expect(store.append({ ...hello, text: 'hallo' })).rejects.toEqual(conflict)
      await expect(store.append({ ...hello, replyTo: 1 })).rejects.toEqual(conflict)
    })

    test('two people may use one key', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const clientKey = newKey()

      expect((await ada.say('mine', { clientKey })).isNew).toBe(true)
      expect((await grace.say('mine too', { clientKey })).isNew).toBe(true)
    })

    test('messages asked for together are numbered in that order, without holes', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const { ada: elsewhere } = await openRoom(store)
      const speakers = [ada, grace, elsewhere]
      const said = Array.from({ length: 100 }, (_, n) => speakers.map((speaker) => speaker.say(String(n)))).flat()
      const posted = (await Promise.all(said)).map(({ message }) => message)

      const here = posted.filter(({ roomId }) => roomId === ada.roomId)
      expect(here.map(({ seq }) => seq)).toEqual(here.map((_, index) => index + 1))
      expect(here.map(({ rev }) => rev)).toEqual(here.map(({ seq }) => seq))
      expect((await store.history({ ...ada, before: 151, limit: 100 })).messages).toEqual(here.slice(50, 150))
    })

    test('a refused message takes no number', async () => {
      const { ada } = await openRoom(store)
      const answers = await Promise.allSettled([
        ada.say('one'),
        ada.say('to nothing', { replyTo: 9 }),
        ada.say('from nobody', { memberId: newMemberId() }),
        ada.say('nul \0'),
        ada.say('two', { replyTo: 1 }),
      ])

      expect(
        answers.map((answer) =>
          answer.status === 'fulfilled' ? answer.value.message.seq : (answer.reason as unknown),
        ),
      ).toEqual([
        1,
        new Refusal('invalid_request', { field: 'replyTo' }),
        new Refusal('not_a_member'),
        new Refusal('invalid_request', { field: 'text' }),
        2,
      ])
    })

    test('an operation that throws fails alone', async () => {
      const { ada } = await openRoom(store)
      const poison = { ...ada.draft('poison'), sentAt: {} as unknown as number }
      const answers = await Promise.allSettled([ada.say('one'), store.append(poison), ada.say('two')])

      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await ada.texts()).toEqual(['one', 'two'])
    })

    test('shown time never runs backwards in a room', async () => {
      const { ada } = await openRoom(store)
      await ada.say('late', { sentAt: 9_000 })
      const together = await Promise.all([
        ada.say('clock set back', { sentAt: 10 }),
        ada.say('on time', { sentAt: 9_500 }),
      ])

      expect(together.map(({ message }) => message.sentAt)).toEqual([9_000, 9_500])
    })

    test('what a member may not see or do is refused', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const stranger = { roomId: ada.roomId, memberId: newMemberId() }
      const nowhere = { roomId: newRoomId(), memberId: ada.memberId }
      const codeOf = (asked: Promise<unknown>) =>
        asked.then(
          () => 'ok',
          (error: unknown) => (error as Refusal).code,
        )

      expect(await codeOf(store.history({ ...stranger, limit: 10 }))).toBe('not_a_member')
      expect(await codeOf(store.history({ ...nowhere, limit: 10 }))).toBe('room_not_found')
      expect(await codeOf(store.changes({ ...stranger, since: 0, limit: 10, most: 10 }))).toBe('not_a_member')
      expect(await codeOf(store.changeRoom({ ...stranger, title: 'Mine' }))).toBe('not_a_member')
      expect(await codeOf(store.changeRoom({ ...grace, title: 'Mine' }))).toBe('forbidden')
      expect(await codeOf(store.closeRoom(grace))).toBe('forbidden')
      expect(await codeOf(store.leaveRoom({ ...stranger, at: 1 }))).toBe('not_a_member')
      expect(await codeOf(store.append({ ...ada.draft('hi'), ...nowhere }))).toBe('room_not_found')
    })

    test('what was missed is answered in order of rev, page by page', async () => {
      const { ada } = await openRoom(store)
      const posted = await Promise.all(['a', 'b', 'c', 'd'].map((text) => ada.say(text)))
      const missed = posted.map(({ message }) => message)
      const ask = (since: number, most = 10) => store.changes({ ...ada, since, limit: 2, most })

      expect(await ask(1)).toEqual({ reset: false, messages: missed.slice(1, 3), hasMore: true })
      expect(await ask(3)).toEqual({ reset: false, messages: missed.slice(3), hasMore: false })
      expect(await ask(4)).toEqual({ reset: false, messages: [], hasMore: false })
    })

    test('a gap too wide, or a future nobody was told of, is a reset', async () => {
      const { ada } = await openRoom(store)
      for (const text of ['a', 'b', 'c']) await ada.say(text)

      expect(await store.changes({ ...ada, since: 0, limit: 10, most: 2 })).toEqual({ reset: true })
      expect(await store.changes({ ...ada, since: 4, limit: 10, most: 2 })).toEqual({ reset: true })
      expect(await store.changes({ ...ada, since: 0, limit: 10, most: 3 })).toMatchObject({ reset: false })
    })

    test('history is the newest page, and older ones before it', async () => {
      const { ada } = await openRoom(store)
      for (const text of ['a', 'b', 'c', 'd', 'e']) await ada.say(text)
      const page = async (before?: number) => {
        const { messages, hasMore } = await store.history({ ...ada, limit: 2, ...(before ? { before } : {}) })
        return [messages.map(({ text }) => text).join(''), hasMore]
      }

      expect([await page(), await page(4), await page(2)]).toEqual([
        ['de', true],
        ['bc', true],
        ['a', false],
      ])
    })

    describe('memberships', () => {
      const join = (roomId: RoomId, memberId: MemberId, sessionHash: string, name?: string) =>
        store.joinRoom({ roomId, memberId, sessionHash, at: 3_000, ...(name ? { name: named(name) } : {}) })

      test('a name is taken while its member is in the room, whoever asks', async () => {
        const { ada } = await openRoom(store)
        const taken = new Refusal('name_taken', { field: 'name' })
        await expect(enter(store, ada.roomId, 'ADA')).rejects.toEqual(taken)

        await store.leaveRoom({ ...ada, at: 4_000 })
        await enter(store, ada.roomId, 'ada')
        await expect(join(ada.roomId, ada.memberId, ada.sessionHash, 'Ada')).rejects.toEqual(taken)
      })

      test('who is a member already is told so, under the name they have', async () => {
        const { ada } = await openRoom(store)
        const again = await join(ada.roomId, ada.memberId, ada.sessionHash, 'Countess')
        expect(again).toMatchObject({ you: { name: 'Ada', role: 'host' }, isNew: false })
      })

      test('a host who left and returns is host again, under a new name if they like', async () => {
        const { ada } = await openRoom(store)
        await store.leaveRoom({ ...ada, at: 4_000 })
        expect(await store.members(ada.roomId)).toEqual([])

        const back = await join(ada.roomId, ada.memberId, ada.sessionHash, 'Countess')
        expect(back).toMatchObject({ you: { memberId: ada.memberId, name: 'Countess', role: 'host' }, isNew: true })
      })

      test('a member needs no name; whoever comes for the first time or has left does', async () => {
        const { ada } = await openRoom(store)
        const { room } = await openRoom(store, { name: named('Grace') })
        const unnamed = new Refusal('name_invalid', { field: 'name' })
        const back = () => join(ada.roomId, ada.memberId, ada.sessionHash)

        expect(await back()).toMatchObject({ you: { name: 'Ada' }, isNew: false })
        await expect(join(room.roomId, ada.memberId, ada.sessionHash)).rejects.toEqual(unnamed)
        await expect(join(room.roomId, newMemberId(), newKey())).rejects.toEqual(unnamed)
        await store.leaveRoom({ ...ada, at: 4_000 })
        await expect(back()).rejects.toEqual(unnamed)
      })

      test('two tabs that arrive with one new session are one person', async () => {
        const { ada } = await openRoom(store)
        const session = newKey()
        const [first, second] = await Promise.all([
          join(ada.roomId, newMemberId(), session, 'Grace'),
          join(ada.roomId, newMemberId(), session, 'Grace'),
        ])

        expect(second).toEqual({ ...first, isNew: false })
      })

      test('a person is found by the session they came with last', async () => {
        const { ada } = await openRoom(store)
        const session = newKey()
        await join(ada.roomId, ada.memberId, session)

        expect(await store.findPerson(session)).toEqual({ memberId: ada.memberId, name: 'Ada' })
        expect(await store.findPerson(ada.sessionHash)).toBeUndefined()
      })
    })

    test('the host changes the room, and what is not named stays', async () => {
      const { ada, room } = await openRoom(store)
      expect(await store.changeRoom({ ...ada, title: 'Coffee' })).toEqual({ ...room, title: 'Coffee' })
      const kept = await store.changeRoom({ ...ada, retention: 'forever' })
      expect(kept).toEqual({ ...room, title: 'Coffee', retention: 'forever' })
    })

    test('everything asked for before it closes is done, and nothing after', async () => {
      const closing = await open()
      const { ada } = await openRoom(closing)
      // More than goes into one transaction.
      const said = Array.from({ length: 5_000 }, (_, n) => ada.say(String(n)))
      const closed = closing.close()
      await expect(ada.say('too late')).rejects.toThrow('closed')
      await closed

      expect((await Promise.all(said)).every(({ isNew }) => isNew)).toBe(true)
    })
  })
}
