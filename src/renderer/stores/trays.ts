import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { uuidv7 } from 'uuidv7'
import type { ClientReply, OwnFile, RoomKey } from '#shared/bridge'
import type { FileLooks } from '#shared/protocol/files'
import type { FileId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { usePlatform } from '../composables/use-platform'
import { sentName } from '../files/file-name'
import { keepBytes } from '../files/keep-bytes'
import { namedType } from '../files/named-type'
import type { ReadLooks } from '../files/read-looks'
import { useOwnBytes } from './own-bytes'

/** A file chosen for the next message of a room. `isRead`: what can be told of it is known. */
export interface ChosenFile {
  readonly own: OwnFile
  readonly bytes: Blob
  readonly thumbnail?: { readonly own: OwnFile; readonly bytes: Blob }
  readonly isRead: boolean
}

/** Why a file is not in the tray. */
export type TrayRefusal = { why: 'too_many' } | { why: 'too_large' | 'empty'; name: string }

interface Tray {
  readonly files: readonly ChosenFile[]
  /** What was left out of it last. */
  readonly refusal?: TrayRefusal
  /** While the bytes are handed over: how many of how many. */
  readonly keeping?: { readonly kept: number; readonly of: number }
}
const emptyTray: Tray = { files: [] }

/** What lies ready to go with the next message, per room, until this window closes. */
export const useTrays = defineStore('trays', () => {
  const [platform, ownBytes] = [usePlatform(), useOwnBytes()]
  const byRoom = shallowReactive(new Map<RoomKey, Tray>())
  /** Handed over whole, though their message was not kept yet. */
  const kept = new Set<FileId>()

  const inRoom = (key: RoomKey): Tray => byRoom.get(key) ?? emptyTray
  const isOpen = (key: RoomKey): boolean => byRoom.has(key)
  const clear = (key: RoomKey) => void byRoom.delete(key)
  function put(key: RoomKey, files: readonly ChosenFile[]) {
    if (files.length === 0) clear(key)
    else byRoom.set(key, { ...inRoom(key), files })
  }
  function refuse(key: RoomKey, refusal: TrayRefusal | undefined) {
    const { refusal: _, ...rest } = inRoom(key)
    byRoom.set(key, { ...rest, ...(refusal && { refusal }) })
  }
  const filesIn = (key: RoomKey): readonly ChosenFile[] => inRoom(key).files
  const remove = (key: RoomKey, ...gone: readonly FileId[]) =>
    put(
      key,
      filesIn(key).filter(({ own }) => !gone.includes(own.fileId)),
    )
  function dismiss(key: RoomKey) {
    if (filesIn(key).length === 0) clear(key)
    else refuse(key, undefined)
  }

  /** Adds what a message and this server take. */
  function add(key: RoomKey, chosen: readonly File[], fileBytes: number) {
    const refusals: TrayRefusal[] = []
    for (const bytes of chosen) {
      const refusal = refusalOf(bytes, inRoom(key).files.length, fileBytes)
      if (refusal) refusals.push(refusal)
      else void read(key, chosenFile(bytes, bytes.name))
    }
    if (isOpen(key) || refusals.length > 0) refuse(key, refusals[0])
  }

  /** Adds a recording, of which everything is known. */
  function addVoice(key: RoomKey, bytes: Blob, name: string, looks: FileLooks) {
    const { own, ...rest } = chosenFile(bytes, name)
    put(key, [...inRoom(key).files, { ...rest, own: { ...own, type: namedType(bytes.type), looks }, isRead: true }])
  }

  async function read(key: RoomKey, file: ChosenFile) {
    put(key, [...inRoom(key).files, file])
    const told = await looksOf(file.bytes)
    const { fileId } = file.own
    const own: OwnFile = { ...file.own, type: told.type, looks: told.looks }
    const small = told.thumbnail && chosenFile(told.thumbnail, 'thumbnail.webp', fileId)
    const whole: ChosenFile = { ...file, own, isRead: true, ...(small && { thumbnail: small }) }
    put(
      key,
      inRoom(key).files.map((one) => (one.own.fileId === fileId ? whole : one)),
    )
  }

  /** Hands every byte to the client; what it has the files for comes back. Whoever stops it keeps the tray. */
  async function handOver(key: RoomKey): Promise<ClientReply<readonly OwnFile[]> | 'stopped'> {
    const parts = inRoom(key).files.flatMap(({ own, bytes, thumbnail }) => [
      { own, bytes },
      ...(thumbnail ? [thumbnail] : []),
    ])
    const of = parts.reduce((sum, { bytes }) => sum + bytes.size, 0)
    let done = 0
    const tell = (bytes: number) => {
      done += bytes
      const goesOn = bytes === 0 || inRoom(key).keeping !== undefined
      if (goesOn) byRoom.set(key, { ...inRoom(key), keeping: { kept: done, of } })
      return goesOn
    }

    tell(0)
    for (const { own, bytes } of parts) {
      if (kept.has(own.fileId)) continue
      const reply = await keepBytes({ platform, key, fileId: own.fileId, bytes, kept: tell })
      if (inRoom(key).keeping === undefined) return 'stopped'
      if (!reply.ok) return reply
      kept.add(own.fileId)
      ownBytes.keep(own.fileId, bytes)
    }
    return { ok: true, value: parts.map(({ own }) => own) }
  }
  function stop(key: RoomKey) {
    if (byRoom.has(key)) byRoom.set(key, { files: filesIn(key) })
  }

  return { inRoom, isOpen, add, addVoice, remove, dismiss, forget: clear, handOver, stop }
})

function refusalOf({ name, size }: File, there: number, fileBytes: number): TrayRefusal | undefined {
  if (there >= limits.filesPerMessage) return { why: 'too_many' }
  if (size === 0) return { why: 'empty', name }
  return size > fileBytes ? { why: 'too_large', name } : undefined
}

const chosenFile = (bytes: Blob, name: string, thumbnailOf?: FileId): ChosenFile => ({
  own: {
    fileId: uuidv7() as FileId,
    name: sentName(name),
    type: 'application/octet-stream',
    size: bytes.size,
    looks: {},
    ...(thumbnailOf && { thumbnailOf }),
  },
  bytes,
  isRead: false,
})

async function looksOf(bytes: Blob): Promise<ReadLooks> {
  try {
    const { readLooks } = await import('../files/read-looks')
    return await readLooks(bytes)
  } catch {
    // Unreadable, or the server that has this part of the app is away: a file like any other.
    return { type: 'application/octet-stream', looks: {} }
  }
}
