import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/server/store/store'
import { enter, newFileId, openRoom } from './store-fixture'

const refusal = (code: string, field?: string) => ({ code, detail: field === undefined ? {} : { field } })
const stored = { isStored: true }
const toCome = { isStored: false }

/** What every store promises about the files of its rooms; their bytes are somebody else's. */
export function testFiles(name: string, open: () => Promise<Store>): void {
  describe(`files in ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())

    test('a file is added once, by members of the room only, and its id stands for nothing else', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const notes = ada.file()

      expect([await store.addFile(notes), await store.addFile(notes)]).toEqual([toCome, toCome])
      await expect(store.addFile({ ...notes, size: 11 })).rejects.toMatchObject(refusal('conflict', 'fileId'))
      await expect(store.addFile({ ...notes, memberId: grace.memberId })).rejects.toMatchObject(refusal('conflict'))
      const stranger = (await openRoom(store)).ada
      await expect(store.addFile({ ...ada.file(), memberId: stranger.memberId })).rejects.toMatchObject(
        refusal('not_a_member'),
      )
    })

    test('a message takes whole files of its author, of its room, each once', async () => {
      const { ada } = await openRoom(store)
      const [grace, elsewhere] = [await enter(store, ada.roomId, 'Grace'), (await openRoom(store)).ada]
      const image = (width: number, height: number, size = 10) => ada.stored({ size }, 'image/png', { width, height })
      const [photo, small] = [await ada.stored({ name: 'a.png' }, 'image/png'), await image(1_000, 1_000)]
      const unfit = refusal('invalid_request', 'attachments')
      const onTheWay = ada.file()
      await store.addFile(onTheWay)

      for (const attachments of [
        [onTheWay],
        [await grace.stored()],
        [await elsewhere.stored()],
        [{ fileId: newFileId() }],
        [photo, photo],
        [{ ...photo, thumbnailId: photo.fileId }],
        [{ ...photo, thumbnailId: (await ada.stored()).fileId }],
        [{ ...photo, thumbnailId: (await ada.stored({}, 'image/png')).fileId }],
        [{ ...photo, thumbnailId: (await image(1_000, 1_001)).fileId }],
        [{ ...photo, thumbnailId: (await image(10, 10, 262_145)).fileId }],
      ])
        await expect(ada.say('look', { attachments })).rejects.toMatchObject(unfit)
      const { message } = await ada.say('', { attachments: [{ ...photo, thumbnailId: small.fileId }] })
      await expect(ada.say('again', { attachments: [photo] })).rejects.toMatchObject(unfit)
      await expect(ada.say('again', { attachments: [small] })).rejects.toMatchObject(unfit)

      expect(message).toMatchObject({ seq: 1, text: '' })
      expect(message.attachments).toEqual([
        { fileId: photo.fileId, name: 'a.png', type: 'image/png', size: 10, thumbnailId: small.fileId },
      ])
      expect((await store.history({ ...ada, limit: 10 })).messages).toEqual([message])
    })

    test('the same key is the same message only with the same files', async () => {
      const { ada } = await openRoom(store)
      const [one, two] = [await ada.stored(), await ada.stored()]
      const draft = ada.draft('look', { attachments: [one] })
      const first = await store.append(draft)

      expect(await store.append(draft)).toEqual({ ...first, isNew: false })
      await expect(store.append({ ...draft, attachments: [two] })).rejects.toMatchObject(refusal('conflict'))
      const { attachments: _, ...bare } = draft
      await expect(store.append(bare)).rejects.toMatchObject(refusal('conflict'))
      const plain = ada.draft('plain')
      await store.append(plain)
      await expect(store.append({ ...plain, attachments: [two] })).rejects.toMatchObject(refusal('conflict'))
      await ada.change(1, { kind: 'delete' })
      expect(await store.append(draft)).toMatchObject({ isNew: false, message: { attachments: [] } })
    })

    test('bytes are known to those who can open them already, and to nobody else', async () => {
      const { ada } = await openRoom(store)
      const [grace, stranger] = [await enter(store, ada.roomId, 'Grace'), (await openRoom(store)).ada]
      const photo = await ada.stored({ looks: { preview: 'AAAA' } }, 'image/png')
      const { sha256 } = photo

      expect(await store.addFile(grace.file({ sha256 }))).toEqual(toCome)
      await ada.say('', { attachments: [photo] })
      expect(await store.addFile(grace.file({ sha256 }))).toEqual(stored)
      expect(await store.addFile(grace.file({ sha256, size: 11 }))).toEqual(toCome)
      expect(await store.addFile(stranger.file({ sha256 }))).toEqual(toCome)
      expect(await store.addFile(ada.file({ sha256 }))).toEqual(stored)
      const barbara = await enter(store, ada.roomId, 'Barbara')
      await store.leaveRoom({ ...barbara, at: 9_000 })
      await openRoom(store, { memberId: barbara.memberId, sessionHash: barbara.sessionHash }).then(async (own) =>
        expect(await store.addFile(own.ada.file({ sha256 }))).toEqual(toCome),
      )
    })

    test('a file is opened by its owner, and by the others once a message has it', async () => {
      const { ada } = await openRoom(store)
      const [grace, stranger] = [await enter(store, ada.roomId, 'Grace'), (await openRoom(store)).ada]
      const { fileId, sha256 } = await ada.stored()
      const at = { roomId: ada.roomId, fileId }
      const none = refusal('invalid_request', 'fileId')

      expect(await store.openableFile({ ...ada, fileId })).toMatchObject({ fileId, sha256, isStored: true })
      await expect(store.openableFile({ ...grace, fileId })).rejects.toMatchObject(none)
      await ada.say('', { attachments: [{ fileId }] })
      expect(await store.openableFile({ ...grace, fileId })).toMatchObject({ fileId })
      await expect(store.openableFile({ ...stranger, ...at })).rejects.toMatchObject(refusal('not_a_member'))
      await expect(store.openableFile({ ...stranger, fileId })).rejects.toMatchObject(none)
      await ada.change(1, { kind: 'delete' })
      await expect(store.openableFile({ ...grace, fileId })).rejects.toMatchObject(none)
    })

    test('what may be kept is limited, and what is being sent counts', async () => {
      const { ada } = await openRoom(store)
      const most = { ofMember: 20_000, inAll: Infinity, unfinished: Infinity }
      const full = refusal('storage_full')
      const [first, second] = [ada.file({ size: 12_000, most }), ada.file({ size: 12_000, most })]
      await store.addFile(first)
      await store.addFile(second)

      await store.reserveFile({ fileId: first.fileId, most })
      expect(await store.reservedFiles()).toContain(first.fileId)
      await expect(store.reserveFile({ fileId: second.fileId, most })).rejects.toMatchObject(full)
      await expect(store.addFile(ada.file({ size: 9_000, most }))).rejects.toMatchObject(full)
      await store.releaseFiles([{ fileId: first.fileId, received: 8_001 }])
      expect(await store.reservedFiles()).not.toContain(first.fileId)
      await expect(store.reserveFile({ fileId: second.fileId, most })).rejects.toMatchObject(full)
      await store.releaseFiles([{ fileId: first.fileId, received: 8_000 }])
      await store.reserveFile({ fileId: second.fileId, most })
      await store.dropFile(second)
      await store.reserveFile({ fileId: first.fileId, most })
      const little = { ofMember: Infinity, inAll: 8_000, unfinished: Infinity }
      await expect(store.addFile(ada.file({ most: little }))).rejects.toMatchObject(full)
    })

    test('room promised to other files of the same member counts', async () => {
      const { ada } = await openRoom(store)
      const most = { ofMember: 40_000, inAll: Infinity, unfinished: Infinity }
      const promised = { ofMember: 30_000, inAll: 30_000 }
      await expect(store.addFile(ada.file({ size: 12_000, most, promised }))).rejects.toMatchObject(
        refusal('storage_full'),
      )
      expect(await store.addFile(ada.file({ size: 9_000, most, promised }))).toEqual(toCome)
    })

    test('one member has so many files on the way, and no more', async () => {
      const { ada } = await openRoom(store)
      const most = { ofMember: Infinity, inAll: Infinity, unfinished: 2 }
      const [first, second, third] = [ada.file({ most }), ada.file({ most }), ada.file({ most })]
      await store.addFile(first)
      await store.addFile(second)

      await expect(store.addFile(third)).rejects.toMatchObject(refusal('storage_full'))
      expect(await store.addFile(second)).toEqual(toCome)
      await store.completeFile({ fileId: first.fileId, at: 4_500, type: 'application/pdf' })
      expect(await store.addFile(third)).toEqual(toCome)
    })

    test('files that were lost from the disk do not count as on the way', async () => {
      const { ada } = await openRoom(store)
      const most = { ofMember: Infinity, inAll: Infinity, unfinished: 1 }
      const sent = await ada.stored({ most })
      await ada.say('', { attachments: [sent] })
      await store.loseBytes({ blobs: [sent.sha256] })
      expect(await store.addFile(ada.file({ most }))).toEqual(toCome)
    })

    test('a file no message has can be dropped, by its owner', async () => {
      const { ada } = await openRoom(store)
      const grace = await enter(store, ada.roomId, 'Grace')
      const [draft, sent] = [await ada.stored(), await ada.stored()]
      await ada.say('', { attachments: [sent] })

      await store.dropFile({ ...grace, fileId: draft.fileId })
      expect(await store.findFile(draft.fileId)).toMatchObject({ fileId: draft.fileId })
      await store.dropFile(draft)
      await store.dropFile(draft)
      expect(await store.findFile(draft.fileId)).toBeUndefined()
      await expect(store.dropFile(sent)).rejects.toMatchObject(refusal('conflict', 'fileId'))
    })

    test('bytes are kept while any file is of them', async () => {
      const { ada } = await openRoom(store)
      const other = (await openRoom(store)).ada
      const { sha256 } = await ada.stored().then(async (file) => {
        await ada.say('', { attachments: [file] })
        return file
      })
      const copy = await other.stored({ sha256 })

      await store.closeRoom(ada)
      expect(await store.isKept(sha256)).toBe(true)
      expect((await store.keptBytes()).blobs.get(sha256)).toBe(10)
      await store.dropFile(copy)
      expect(await store.isKept(sha256)).toBe(false)
    })

    test('what nobody sent and what was sent too long ago is let go of', async () => {
      const { ada } = await openRoom(store)
      const [old, fresh, sent] = [ada.file(), ada.file(), await ada.stored()]
      const kept = await store.serverTime()
      const from = kept.passedMs + 1_000_000
      const at = (passedMs: number) => store.keepTime({ ...kept, passedMs: from + passedMs })
      await at(1_000)
      await store.addFile(old)
      await at(3_000)
      await store.addFile(fresh)
      await at(5_000)
      await ada.say('', { attachments: [sent] })
      const left = async () =>
        Promise.all([old, fresh, sent].map(async ({ fileId }) => !!(await store.findFile(fileId))))

      const letGo = (passedMs: number, keepSentMs: number) =>
        store.deleteOldFiles({ passedMs: from + passedMs, keepUnsentMs: 5_000, keepSentMs })
      await letGo(7_000, Infinity)
      expect(await left()).toEqual([false, true, true])
      await letGo(7_000, 2_000)
      expect(await left()).toEqual([false, true, true])
      await letGo(7_001, 2_000)
      expect(await left()).toEqual([false, true, false])
    })

    test('bytes that were lost are brought again under the same id', async () => {
      const { ada } = await openRoom(store)
      const sent = await ada.stored()
      await ada.say('', { attachments: [sent] })
      await store.loseBytes({ blobs: [sent.sha256] })

      await expect(store.openableFile({ ...ada, fileId: sent.fileId })).rejects.toMatchObject(
        refusal('invalid_request'),
      )
      expect(await store.addFile(sent)).toEqual(toCome)
      await store.completeFile({ fileId: sent.fileId, at: 9_000, type: 'image/png', measures: { width: 1, height: 2 } })
      expect(await store.openableFile({ ...ada, fileId: sent.fileId })).toMatchObject({ isStored: true })
    })

    test('of what a sender says of a file only what fits its type is told', async () => {
      const { ada } = await openRoom(store)
      const looks = { width: 4, height: 3, preview: 'AAAA', durationMs: 900, waveform: [1, 2] }
      const measures = { width: 40, height: 30 }
      const told = async (type: 'image/png' | 'video/mp4' | 'audio/ogg' | 'application/pdf') => {
        const { fileId, name, size } = await ada.stored({ looks, at: 1 }, type)
        await store.completeFile({ fileId, at: 2, type, ...(type === 'image/png' && { measures }) })
        const { message } = await ada.say('', { attachments: [{ fileId }] })
        return { told: message.attachments, plain: { fileId, name, size, type } }
      }
      for (const [type, fitting] of [
        ['image/png', { ...measures, preview: 'AAAA' }],
        ['video/mp4', { width: 4, height: 3, preview: 'AAAA', durationMs: 900 }],
        ['audio/ogg', { durationMs: 900, waveform: [1, 2] }],
        ['application/pdf', {}],
      ] as const) {
        const { told: attachments, plain } = await told(type)
        expect(attachments).toEqual([{ ...plain, ...fitting }])
      }
    })
  })
}
