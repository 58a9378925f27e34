import * as v from 'valibot'
import type { ServerUrl } from '#shared/address'
import type { RecentRoom, RoomKey } from '#shared/bridge'
import type { FileId, RoomId, SessionToken } from '#shared/protocol/ids'
import type { ClientStorage } from './door'
import type { Queued } from './queued'
import {
  roomIdOf,
  roomKey,
  serverOf,
  SavedFilePlace,
  SavedLeave,
  SavedName,
  SavedPending,
  SavedRecent,
  SavedRoom,
  SavedServer,
  SavedSession,
} from './saved-entities'

const mostRecent = 20
const mostLeaves = 500
const leaveKeptMs = 7 * 24 * 60 * 60 * 1000

/**
 * What outlives the client, typed. Two tabs may share the storage: every change reads what is there, changes its own
 * part and writes at once, so that neither overwrites the other's. Only `changePending` and
 * `keepFilePlaces` throw when nothing was kept.
 */
export interface Saved {
  name: () => string
  keepName: (name: string) => void
  lastServer: () => ServerUrl | undefined
  keepLastServer: (server: ServerUrl) => void
  session: (server: ServerUrl) => SessionToken | undefined
  keepSession: (server: ServerUrl, session: SessionToken) => void
  rooms: () => readonly SavedRoom[]
  keepRoom: (room: SavedRoom) => void
  keepReadSeq: (key: RoomKey, readSeq: number) => void
  forgetRoom: (key: RoomKey) => void
  /** It was kept, and another tab has forgotten it since; a storage that was emptied is something else. */
  isForgotten: (room: { key: RoomKey; server: ServerUrl }) => boolean
  recent: () => readonly RecentRoom[]
  keepRecent: (room: RecentRoom) => void
  forgetRecent: (key: RoomKey) => void
  leaves: (now: number) => readonly SavedLeave[]
  keepLeave: (leave: SavedLeave) => void
  forgetLeave: (server: ServerUrl, roomId: RoomId) => void
  /** In which outboxes the files stand whose bytes are kept. */
  filePlaces: () => readonly SavedFilePlace[]
  keepFilePlaces: (places: readonly SavedFilePlace[]) => void
  forgetFilePlaces: (fileIds: readonly FileId[]) => void
  pending: (key: RoomKey) => readonly Queued[]
  /** What another tab removed from an outbox is gone; a storage that was emptied says nothing of it. */
  isEmptied: (key: RoomKey) => boolean
  changePending: (key: RoomKey, change: (pending: readonly Queued[]) => readonly Queued[]) => void
}

export function openSaved(storage: ClientStorage, report: (error: unknown) => void): Saved {
  const unreadable = new Set<string>()
  function reportUnreadable(key: string) {
    if (unreadable.has(key)) return
    unreadable.add(key)
    report(new UnreadableSave(key))
  }

  function readOne<Value>(key: string, schema: v.GenericSchema<unknown, Value>): Value | undefined {
    const raw = readRaw(key)
    if (raw === undefined) return undefined
    const parsed = v.safeParse(schema, raw)
    if (parsed.success) return parsed.output
    reportUnreadable(key)
    return undefined
  }

  function readList<Value>(key: string, schema: v.GenericSchema<unknown, Value>): readonly Value[] {
    const items = readOne(key, v.array(v.unknown())) ?? []
    return items.flatMap((item) => {
      const parsed = v.safeParse(schema, item)
      if (!parsed.success) reportUnreadable(key)
      return parsed.success ? [parsed.output] : []
    })
  }

  function readRaw(key: string): unknown {
    try {
      return storage.read(key)
    } catch (error) {
      report(error)
      return undefined
    }
  }

  function writeOrReport(key: string, value: unknown) {
    try {
      storage.write(key, value)
    } catch (error) {
      report(error)
    }
  }

  const writeList = (key: string, list: readonly unknown[]) => writeOrReport(key, list.length > 0 ? list : undefined)
  const leaves = () => readList('leaves', SavedLeave)
  const filePlaces = () => readList('files', SavedFilePlace)
  const recent = () => readList('recent', SavedRecent)
  const session = (server: ServerUrl) => readOne(`session:${server}`, SavedSession)
  const seenKept = new Set<RoomKey>()
  function rooms() {
    const kept = readList('rooms', SavedRoom)
    for (const room of kept) seenKept.add(savedKey(room))
    return kept
  }
  const withoutLeave = (server: ServerUrl, roomId: RoomId) =>
    leaves().filter((leave) => leave.server !== server || leave.roomId !== roomId)
  const writeRecent = (list: readonly RecentRoom[]) =>
    writeList(
      'recent',
      list.map(({ key, ...room }) => ({ ...room, roomId: roomIdOf({ key, ...room }) })),
    )

  return {
    name: () => readOne('name', SavedName) ?? '',
    keepName: (name) => writeOrReport('name', name),
    lastServer: () => readOne('lastServer', SavedServer),
    keepLastServer: (server) => writeOrReport('lastServer', server),
    session,
    keepSession: (server, session) => writeOrReport(`session:${server}`, session),
    rooms,
    keepRoom(room) {
      const before = rooms()
      const known = before.find((other) => savedKey(other) === savedKey(room))
      const kept = { ...room, readSeq: Math.max(room.readSeq, known?.readSeq ?? 0) }
      writeList('rooms', known ? before.map((other) => (other === known ? kept : other)) : [...before, kept])
      // Seen only if the device really kept it.
      rooms()
    },
    keepReadSeq(key, readSeq) {
      const isMoved = (room: SavedRoom) => savedKey(room) === key && room.readSeq < readSeq
      if (rooms().some(isMoved))
        writeList(
          'rooms',
          rooms().map((room) => (isMoved(room) ? { ...room, readSeq } : room)),
        )
    },
    forgetRoom: (key) =>
      writeList(
        'rooms',
        rooms().filter((room) => savedKey(room) !== key),
      ),
    isForgotten: ({ key, server }) =>
      seenKept.has(key) && !rooms().some((room) => savedKey(room) === key) && session(server) !== undefined,
    recent,
    keepRecent: (room) => writeRecent([room, ...recent().filter(({ key }) => key !== room.key)].slice(0, mostRecent)),
    forgetRecent: (key) => writeRecent(recent().filter((room) => room.key !== key)),
    leaves: (now) => leaves().filter(({ at }) => now - at < leaveKeptMs),
    keepLeave: (leave) => writeList('leaves', [...withoutLeave(leave.server, leave.roomId), leave].slice(-mostLeaves)),
    forgetLeave: (server, roomId) => writeList('leaves', withoutLeave(server, roomId)),
    filePlaces,
    keepFilePlaces: (places) => storage.write('files', [...filePlaces(), ...places]),
    forgetFilePlaces: (fileIds) =>
      writeList(
        'files',
        filePlaces().filter(({ fileId }) => !fileIds.includes(fileId)),
      ),
    pending: (key) => readList(pendingKey(key), SavedPending),
    isEmptied: (key) => session(serverOf(key)) === undefined,
    changePending(key, change) {
      const changed = change(readList(pendingKey(key), SavedPending))
      storage.write(pendingKey(key), changed.length > 0 ? changed : undefined)
    },
  }
}

/** Something stored is not what we wrote; it is ignored, never guessed at. */
class UnreadableSave extends Error {
  override readonly name = 'UnreadableSave'
}

const pendingKey = (key: RoomKey) => `outbox:${key}`
const savedKey = ({ server, room }: SavedRoom) => roomKey(server, room.roomId)
