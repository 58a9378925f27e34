import { createHash, randomUUID } from 'node:crypto'
import type { FileStorage } from '#client'
import type { OwnFile, RoomKey } from '#shared/bridge'
import type { ClientKey, FileId } from '#shared/protocol/ids'
import { expect } from 'vitest'
import type { Device } from './start-client'

const pieceBytes = 1_048_576

export interface MemoryFiles extends FileStorage {
  readonly kept: Map<FileId, Buffer>
  fails: boolean
}

/** What a device keeps of files; a client started on it again finds it. */
export function memoryFiles(): MemoryFiles {
  const kept = new Map<FileId, Buffer>()
  const files: MemoryFiles = {
    kept,
    fails: false,
    write(fileId, offset, bytes) {
      if (files.fails) return Promise.reject(new Error('disk full'))
      kept.set(fileId, Buffer.concat([(kept.get(fileId) ?? Buffer.alloc(0)).subarray(0, offset), bytes]))
      return Promise.resolve()
    },
    sync: () => Promise.resolve(),
    read: (fileId, start, end) => Promise.resolve(new Uint8Array(kept.get(fileId)?.subarray(start, end) ?? [])),
    remove(fileId) {
      kept.delete(fileId)
      return Promise.resolve()
    },
    leftBehind: () => Promise.resolve([...kept.keys()]),
  }
  return files
}

/** Bytes that no other call makes. */
export function newBytes(size: number): Buffer {
  const seed = createHash('sha256').update(randomUUID()).digest()
  return Buffer.from(Array.from({ length: size }, (_, place) => (seed[place % 32] ?? 0) ^ ((place * 31) >> 5)))
}

const head = '89504e470d0a1a0a0000000d4948445200000280000001680806000000aaaaaaaa0000ffff49444154'

/** As much of a picture as is looked at: its head. */
export const newPicture = (size: number): Buffer => Buffer.concat([Buffer.from(head, 'hex'), newBytes(size)])

export const ownFile = (bytes: Buffer, change: Partial<OwnFile> = {}): OwnFile => ({
  fileId: randomUUID() as FileId,
  name: 'plan.bin',
  type: 'application/octet-stream',
  size: bytes.length,
  looks: {},
  ...change,
})

const kept = { ok: true, value: {} }

/** Hands bytes over as the interface does. */
export async function keepBytes({ calls }: Device, key: RoomKey, fileId: FileId, bytes: Buffer) {
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    const piece = new Uint8Array(bytes.subarray(offset, offset + pieceBytes))
    expect(await calls.keepFile({ key, fileId, offset, bytes: piece })).toEqual(kept)
  }
}

/** Keeps files and sends them with one message. */
export async function sendFiles(device: Device, key: RoomKey, text: string, files: readonly [OwnFile, Buffer][]) {
  for (const [{ fileId }, bytes] of files) await keepBytes(device, key, fileId, bytes)
  const clientKey = randomUUID() as ClientKey
  expect(await device.calls.sendMessage({ key, clientKey, text, files: files.map(([file]) => file) })).toEqual(kept)
  return clientKey
}

/** Reads a file as somebody in the room does. */
export async function readFile({ calls }: Device, key: RoomKey, fileId: FileId): Promise<Buffer> {
  const opened = await calls.openFile({ key, fileId })
  if (!opened.ok) throw new Error(opened.error.code)
  const response = await fetch(opened.value.url)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}
