import { createHash, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Input } from '#shared/protocol/contract'
import type { FileId } from '#shared/protocol/ids'
import type { Person } from './person'

/** A file as a client has it before it is sent. */
export interface Draft extends Omit<Input<'add_file'>, 'roomId'> {
  bytes: Buffer
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export const draftOf = (bytes: Buffer, more: Partial<Draft> = {}): Draft => ({
  fileId: randomUUID() as FileId,
  name: 'notes.bin',
  bytes,
  size: bytes.length,
  sha256: sha256(bytes) as Draft['sha256'],
  ...more,
})

export const announce = (person: Person, { bytes: _bytes, ...announced }: Draft) =>
  person.ask('add_file', { roomId: person.roomId, ...announced })

export interface Speaker {
  url: string
  person: Pick<Person, 'session'>
}

const tus = { 'Tus-Resumable': '1.0.0' }
const bearer = ({ session }: Pick<Person, 'session'>) => ({ Authorization: `Bearer ${session}` })

interface UploadRequest {
  method?: string
  headers?: Record<string, string>
  body?: Uint8Array<ArrayBuffer>
}

const patienceMs = 8_000

export const askUpload = ({ url, person }: Speaker, fileId: string, init: UploadRequest = {}) =>
  fetch(`${url}/uploads/${fileId}`, {
    method: 'HEAD',
    ...init,
    headers: { ...tus, ...bearer(person), ...init.headers },
    // Node's own waits for a server that was killed in the middle of a HEAD.
    signal: AbortSignal.timeout(patienceMs),
  })

/** Where an upload goes on. */
export async function offsetOf(speaker: Speaker, fileId: string): Promise<number> {
  const answer = await askUpload(speaker, fileId)
  return Number(answer.headers.get('upload-offset') ?? Number.NaN)
}

export const sendBytes = (speaker: Speaker, fileId: string, bytes: Uint8Array, offset = 0) =>
  askUpload(speaker, fileId, {
    method: 'PATCH',
    headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })

/** Announces a file and sends what the server has not. */
export async function upload(url: string, person: Person, draft: Draft): Promise<Draft> {
  const reply = await announce(person, draft)
  if (!reply.ok) throw new Error(`add_file refused: ${JSON.stringify(reply.error)}`)
  if (reply.value.isStored) return draft
  const answer = await sendBytes({ url, person }, draft.fileId, draft.bytes)
  if (answer.status !== 204) throw new Error(`the upload ended with ${answer.status}`)
  return draft
}

export const post = (person: Person, drafts: readonly Draft[], text = '') =>
  person.get('send_message', {
    roomId: person.roomId,
    clientKey: randomUUID(),
    text,
    attachments: drafts.map(({ fileId }) => ({ fileId })),
  })

/** Reads a file as the reader's client would. */
export async function read(url: string, person: Person, fileId: string, init: RequestInit = {}): Promise<Response> {
  const { path } = await person.get('open_file', { roomId: person.roomId, fileId })
  return fetch(`${url}${path}`, init)
}

export const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer())

/** What the disk keeps, by SHA-256. */
export async function blobsIn(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, 'files/blobs'), { recursive: true })
  return names.map((name) => basename(name)).filter((name) => name.length === 64)
}
