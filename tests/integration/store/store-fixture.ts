import { uuidv7 } from 'uuidv7'
import type { FileType } from '#shared/protocol/files'
import type { ClientKey, FileId, MemberId, RoomId, Sha256 } from '#shared/protocol/ids'
import type { NewFile } from '../../../src/server/store/file-rows'
import type { CheckedName, MessageChange, NewMessage, Search, Store } from '../../../src/server/store/store'

export const newKey = () => uuidv7() as ClientKey
export const newMemberId = () => uuidv7() as MemberId

export const newFileId = () => uuidv7() as FileId
/** Of no bytes in particular. */
export const newHash = () => newFileId().replaceAll('-', '').repeat(2) as Sha256

let rooms = 0
export const newRoomId = () => `R${String(++rooms).padStart(5, '0')}` as RoomId

export const named = (name: string): CheckedName => ({ shown: name, key: name.toLowerCase() })

/** A room with Ada, its host. */
export async function openRoom(store: Store, options: Partial<Parameters<Store['createRoom']>[0]> = {}) {
  const at = { roomId: newRoomId(), memberId: newMemberId(), sessionHash: newKey() }
  const draft = { ...at, name: named('Ada'), at: 1_000, title: 'Tea', retention: 'while_occupied' as const, ...options }
  const { room } = await store.createRoom(draft)
  return { room, ada: someone(store, draft) }
}

export async function enter(store: Store, roomId: RoomId, name: string) {
  const draft = { roomId, memberId: newMemberId(), sessionHash: newKey(), name: named(name), at: 2_000 }
  await store.joinRoom(draft)
  return someone(store, draft)
}

function someone(
  store: Store,
  { roomId, memberId, sessionHash }: { roomId: RoomId; memberId: MemberId; sessionHash: string },
) {
  const seat = { roomId, memberId }
  const draft = (text: string, more: Partial<NewMessage> = {}): NewMessage => ({
    ...seat,
    clientKey: newKey(),
    text,
    sentAt: 5_000,
    ...more,
  })
  const file = (more: Partial<NewFile> = {}): NewFile => ({
    ...seat,
    fileId: newFileId(),
    name: 'notes.txt',
    size: 10,
    sha256: newHash(),
    at: 4_000,
    most: { ofMember: Infinity, inAll: Infinity, unfinished: Infinity },
    ...more,
  })
  /** One whose bytes have come. */
  async function stored(
    more: Partial<NewFile> = {},
    type: FileType = 'application/octet-stream',
    measures?: { width: number; height: number },
  ) {
    const added = file(more)
    if (!(await store.addFile(added)).isStored)
      await store.completeFile({ fileId: added.fileId, at: 4_500, type, ...(measures && { measures }) })
    return added
  }
  return {
    ...seat,
    sessionHash,
    file,
    stored,
    draft,
    say: (text: string, more?: Partial<NewMessage>) => store.append(draft(text, more)),
    change: (seq: number, change: MessageChange, at = 8_000) => store.changeMessage({ ...seat, seq, at, change }),
    find: async (query: string, more: Partial<Search> = {}) =>
      (await store.search({ memberId, query, limit: 50, ...more })).hits.map(({ text }) => text),
    texts: async () => (await store.history({ ...seat, limit: 100 })).messages.map(({ text }) => text),
  }
}
