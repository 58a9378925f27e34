import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import { limits } from '#shared/protocol/limits'
import type { Store } from '../../../src/server/store/store'
import { codeOf } from './code-of'
import { enter, newMemberId, openRoom } from './store-fixture'

const seqField = { field: 'seq' }
/** What every store promises about messages that change. */
export function testConversation(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    test('a change takes the next rev, and the same again changes nothing', async () => {
      const { ada } = await openRoom(store)
      const { message } = await ada.say('helo')
      const edited = await ada.change(1, { kind: 'edit', text: 'hello' })
      const again = await ada.change(1, { kind: 'edit', text: 'hello' }, 9_000)

      expect(edited).toEqual({ message: { ...message, rev: 2, text: 'hello', editedAt: 8_000 }, isChanged: true })
      expect(again).toEqual({ ...edited, isChanged: false })
      expect((await ada.say('next')).message).toMatchObject({ seq: 3, rev: 3 })
      expect(await store.changes({ ...ada, since: 1, limit: 10, most: 10 })).toMatchObject({
        messages: [edited.message, { seq: 3 }],
      })
    })

    test('a deleted message keeps its place and nothing else, for good', async () => {
      const { ada } = await openRoom(store)
      const { message } = await ada.say('secret')
      await ada.change(1, { kind: 'react', emoji: '👍' })
      await ada.change(1, { kind: 'pin' })
      const deleted = await ada.change(1, { kind: 'delete' })

      expect(deleted.message).toEqual({ ...message, rev: 4, text: '', deletedAt: 8_000, pinned: false, reactions: [] })
      expect(await ada.change(1, { kind: 'delete' })).toEqual({ ...deleted, isChanged: false })
      const changes = [{ kind: 'edit', text: 'x' }, { kind: 'react', emoji: '👍' }, { kind: 'pin' }] as const
      for (const change of changes)
        await expect(ada.change(1, change)).rejects.toEqual(new Refusal('conflict', seqField))
    })

    test('what a crowd could make endless ends: reactions with one emoji, and people somebody has blocked', async () => {
      const { ada } = await openRoom(store)
      await ada.say('a show of hands')
      const crowd = await Promise.all(Array.from({ length: 1_001 }, (_, n) => enter(store, ada.roomId, `Guest ${n}`)))
      const last = crowd[1_000]!
      const codes = await Promise.all(crowd.map((one) => codeOf(one.change(1, { kind: 'react', emoji: '👍' }))))
      const block = (memberId: typeof last.memberId, isBlocked = true) =>
        codeOf(store.blockMember({ memberId: ada.memberId, blockedId: memberId, isBlocked }))
      const blocked = await Promise.all(crowd.map(({ memberId }) => block(memberId)))

      const thousand = Array.from({ length: 1_000 }, () => 'ok')
      expect([codes, blocked]).toEqual([
        [...thousand, 'too_large'],
        [...thousand, 'too_large'],
      ])
      expect(await block(crowd[0]!.memberId)).toBe('ok')
      expect(await block(crowd[0]!.memberId, false)).toBe('ok')
      expect(await block(last.memberId)).toBe('ok')
    })

    test('only the author edits and deletes, only members react and pin', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      await ada.say('mine')
      const stranger = (kind: 'pin' | 'delete') =>
        store.changeMessage({ ...ada, memberId: newMemberId(), seq: 1, at: 1, change: { kind } })

      expect(await codeOf(grace.change(1, { kind: 'edit', text: 'ours' }))).toBe('forbidden')
      expect(await codeOf(grace.change(1, { kind: 'delete' }))).toBe('forbidden')
      expect(await codeOf(stranger('pin'))).toBe('not_a_member')
      expect(await codeOf(stranger('delete'))).toBe('not_a_member')
      await expect(grace.change(9, { kind: 'pin' })).rejects.toEqual(new Refusal('invalid_request', seqField))
      expect((await grace.change(1, { kind: 'pin' })).message.pinned).toBe(true)
    })

    test('reactions stand in the order they came, and go with the last who made them', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      await ada.say('hello')
      await grace.change(1, { kind: 'react', emoji: '👍' })
      await ada.change(1, { kind: 'react', emoji: '🎉' })
      const both = await ada.change(1, { kind: 'react', emoji: '👍' })
      const again = await ada.change(1, { kind: 'react', emoji: '👍' })
      await ada.change(1, { kind: 'unreact', emoji: '🎉' })
      const left = await grace.change(1, { kind: 'unreact', emoji: '👍' })

      expect(both.message.reactions).toEqual([
        { emoji: '👍', memberIds: [grace.memberId, ada.memberId] },
        { emoji: '🎉', memberIds: [ada.memberId] },
      ])
      expect(again).toEqual({ ...both, isChanged: false })
      expect(left.message.reactions).toEqual([{ emoji: '👍', memberIds: [ada.memberId] }])
      expect(await grace.change(1, { kind: 'unreact', emoji: '👍' })).toEqual({ ...left, isChanged: false })
    })

    test('twenty emoji are enough for a message, a hundred pins for a room', async () => {
      const { ada } = await openRoom(store)
      for (let n = 0; n <= 100; n++) await ada.say(String(n))
      const emoji = Array.from({ length: 21 }, (_, n) => String.fromCodePoint(0x1f600 + n))
      const people = await Promise.all(
        ['Alan', 'Barbara', 'Grace', 'Mary'].map((name) => enter(store, ada.roomId, name)),
      )
      for (const [n, one] of emoji.slice(0, 20).entries()) await people[n % 4]?.change(1, { kind: 'react', emoji: one })
      for (let seq = 1; seq <= 100; seq++) await ada.change(seq, { kind: 'pin' })

      const tooMany = new Refusal('too_large', { field: 'emoji' })
      await expect(ada.change(1, { kind: 'react', emoji: emoji[20] ?? '' })).rejects.toEqual(tooMany)
      await expect(ada.change(101, { kind: 'pin' })).rejects.toEqual(new Refusal('too_large', { field: 'pinned' }))
      await ada.change(1, { kind: 'unpin' })
      expect((await ada.change(101, { kind: 'pin' })).isChanged).toBe(true)
      expect((await store.pinned({ ...ada, after: 0, limit: 100 })).messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 100 }, (_, n) => n + 2),
      )
    })

    test('one member alone fills no message with reactions, and joins those of others', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      await ada.say('hello')
      const react = (who: typeof ada, emoji: string) => who.change(1, { kind: 'react', emoji })
      for (const emoji of ['😀', '😁', '😂', '😃', '😄']) await react(grace, emoji)

      await expect(react(grace, '😅')).rejects.toEqual(new Refusal('too_large', { field: 'emoji' }))
      await react(ada, '👍')
      const { message } = await react(grace, '👍')
      expect(message.reactions.at(-1)).toEqual({ emoji: '👍', memberIds: [ada.memberId, grace.memberId] })
    })

    test('an emoji is one however it is spelled, and what looks like it and is another is none', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      await ada.say('hello')
      const react = (who: typeof ada, emoji: string) => who.change(1, { kind: 'react', emoji })
      for (const emoji of ['❤', '👍\uFE0F', '👁\u200D🗨']) await react(ada, emoji)
      for (const emoji of ['❤\uFE0F', '👍']) await react(grace, emoji)
      const both = [ada.memberId, grace.memberId]

      for (const emoji of ['👍\u{E0061}', '👍\u{E0061}\u{E007F}', '👍\u200D👍', '👍🏽\u{E0062}'])
        await expect(react(grace, emoji)).rejects.toEqual(new Refusal('invalid_request', { field: 'emoji' }))
      const { message } = await grace.change(1, { kind: 'unreact', emoji: '👁' })
      expect(message.reactions).toEqual([
        { emoji: '❤\uFE0F', memberIds: both },
        { emoji: '👍', memberIds: both },
        { emoji: '👁\uFE0F\u200D🗨\uFE0F', memberIds: [ada.memberId] },
      ])
    })

    test('a page of what is pinned ends early where the messages are long, and goes on after it', async () => {
      const { ada } = await openRoom(store)
      for (let n = 0; n < 60; n++) await ada.say(`${n} ${'x'.repeat(16_000)}`)
      for (let seq = 1; seq <= 60; seq++) await ada.change(seq, { kind: 'pin' })
      const seqs: number[] = []
      for (let hasMore = true; hasMore;) {
        const page = await store.pinned({ ...ada, after: seqs.at(-1) ?? 0, limit: 100 })
        expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(limits.pageBytes)
        seqs.push(...page.messages.map(({ seq }) => seq))
        hasMore = page.hasMore
      }
      expect(seqs).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    })

    test('a message that is sent again after it was changed is answered as it is now', async () => {
      const { ada } = await openRoom(store)
      const draft = ada.draft('helo')
      await store.append(draft)
      const edited = await ada.change(1, { kind: 'edit', text: 'hello' })
      expect(await store.append(draft)).toEqual({ message: edited.message, isNew: false })

      const deleted = await ada.change(1, { kind: 'delete' })
      expect(await store.append(draft)).toEqual({ message: deleted.message, isNew: false })
    })

    test('pages lie around a message and after one', async () => {
      const { ada } = await openRoom(store)
      for (const text of 'abcdefg') await ada.say(text)
      const textOf = ({ messages }: { messages: readonly { text: string }[] }) =>
        messages.map(({ text }) => text).join('')
      const around = async (seq: number) => {
        const page = await store.around({ ...ada, seq, limit: 4 })
        return [textOf(page), page.hasOlder, page.hasNewer]
      }
      const newer = await store.newer({ ...ada, after: 3, limit: 2 })

      expect([await around(4), await around(1), await around(7), await around(99)]).toEqual([
        ['bcde', true, true],
        ['ab', false, true],
        ['efg', true, false],
        ['fg', true, false],
      ])
      expect([textOf(newer), newer.hasMore]).toEqual(['de', true])
      expect(await store.newer({ ...ada, after: 7, limit: 2 })).toEqual({ messages: [], hasMore: false })
    })

    describe('read marks', () => {
      test('never go back, and are told to whom they may be', async () => {
        const { ada } = await openRoom(store)
        const grace = await enter(store, ada.roomId, 'Grace')
        const mark = (who: typeof ada, seq: number) => ({ roomId: ada.roomId, memberId: who.memberId, seq })
        const again = (who: typeof ada) => store.joinRoom({ ...who, at: 1 }).then(({ reads }) => reads)
        const one = { memberId: ada.memberId, seq: 5 }
        const other = { memberId: grace.memberId, seq: 3 }
        await store.saveReads({ marks: [mark(ada, 5), mark(grace, 3), mark(ada, 4)], hides: [] })

        expect(new Set(await again(ada))).toEqual(new Set([one, other]))
        await store.saveReads({ marks: [], hides: [{ memberId: ada.memberId, hidden: true }] })
        expect(await again(grace)).toEqual([other])
        expect(new Set(await again(ada))).toEqual(new Set([one, other]))
        expect(await store.standing(ada)).toMatchObject({ readSeq: 5, hidesReads: true, tellsReads: true })
      })

      test('of others are told to nobody in a big room, and those of strangers are not kept', async () => {
        const { ada } = await openRoom(store)
        for (let n = 0; n < 20; n++) await enter(store, ada.roomId, `Guest ${n}`)
        const grace = await enter(store, ada.roomId, 'Grace')
        const stranger = { ...ada, memberId: newMemberId(), seq: 1 }
        await store.saveReads({ marks: [{ ...ada, seq: 1 }, { ...grace, seq: 2 }, stranger], hides: [] })

        expect((await store.joinRoom({ ...ada, at: 1 })).reads).toEqual([{ memberId: ada.memberId, seq: 1 }])
        expect(await codeOf(store.standing(stranger))).toBe('not_a_member')
      })
    })
  })
}
