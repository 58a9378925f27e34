import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '#shared/protocol/errors'
import { FileId, type MemberId } from '#shared/protocol/ids'
import * as v from 'valibot'
import type { MostFiles, StoredFile } from '../store/file-rows'
import type { Store } from '../store/store'
import { makeFile, sizeOf } from './disk'
import type { Finish } from './finish-upload'
import type { Places } from './places'
import type { Promises } from './promises'
import type { Senders } from './senders'
import { uploadsPath, type Tus } from './tus'

export interface ServingUploads {
  store: Pick<Store, 'ownFile' | 'reserveFile' | 'releaseFiles'>
  senders: Senders
  places: Places
  tus: Tus
  finish: (fileId: FileId) => Promise<Finish>
  promises: Pick<Promises, 'end'>
  most: MostFiles
  mostAtOnce: number
}

/** The status to refuse with, when nothing was answered yet. */
type Refused = number | undefined

export type ServeUpload = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Lets senders append to what `add_file` has announced, each to their own. */
export function createServeUpload(serving: ServingUploads): ServeUpload {
  const { store, senders, places, tus, finish, promises, most, mostAtOnce } = serving
  /** Requests under way, by file: whoever comes again about one has the one before end, and takes its place. */
  const requests = new Map<FileId, { memberId: MemberId; count: number }>()

  const othersOf = ({ fileId, memberId }: StoredFile) =>
    [...requests].filter(([id, sending]) => id !== fileId && sending.memberId === memberId).length

  async function append(request: IncomingMessage, response: ServerResponse, file: StoredFile): Promise<Refused> {
    if (othersOf(file) >= mostAtOnce) return 429
    const { fileId, memberId } = file
    requests.set(fileId, { memberId, count: (requests.get(fileId)?.count ?? 0) + 1 })
    try {
      if (!(await hasRoom(file))) return 507
      promises.end(fileId)
      await tus(request, response)
      return undefined
    } finally {
      await release(file)
    }
  }

  /** Room is kept for as long as something comes: what has come goes on counting. */
  async function release({ fileId, memberId }: StoredFile) {
    const count = (requests.get(fileId)?.count ?? 1) - 1
    if (count > 0) requests.set(fileId, { memberId, count })
    else {
      requests.delete(fileId)
      await store.releaseFiles([{ fileId, received: (await sizeOf(places.upload(fileId))) ?? 0 }])
    }
  }

  /** What was announced keeps no room: others may have it by now. */
  async function hasRoom({ fileId }: StoredFile): Promise<boolean> {
    try {
      await store.reserveFile({ fileId, most })
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }

  /** Whole already, though perhaps the last answer was lost: its sender is told so. */
  function tellWhole(request: IncomingMessage, response: ServerResponse, { size }: StoredFile) {
    const headers = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' }
    if (request.method === 'PATCH') response.writeHead(409, headers).end()
    else response.writeHead(200, { ...headers, 'Upload-Offset': size, 'Upload-Length': size }).end()
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<Refused> {
    if (request.method !== 'HEAD' && request.method !== 'PATCH') return 405
    const memberId = await senders.of(request)
    if (typeof memberId === 'number') return memberId
    if (!senders.mayAsk(memberId)) return 429
    const fileId = v.safeParse(FileId, request.url?.slice(uploadsPath.length + 1))
    const file = fileId.success ? await store.ownFile({ memberId, fileId: fileId.output }) : undefined
    if (file) return await serveOwn(request, response, file)
    senders.missed(memberId)
    return 404
  }

  async function serveOwn(request: IncomingMessage, response: ServerResponse, file: StoredFile): Promise<Refused> {
    const upload = places.upload(file.fileId)
    const received = file.isStored ? file.size : await sizeOf(upload)
    // Dropped and added again, its bytes may have gone a moment later than its row.
    if (received === undefined) await makeFile(upload)
    // The server may have died between the last byte and the rest.
    const isWhole = received === file.size
    const finished = file.isStored ? 'stored' : isWhole && (await finish(file.fileId))
    if (finished === 'stored') tellWhole(request, response, file)
    else if (finished) return statusOf[finished]
    else if (request.method === 'PATCH') return await append(request, response, file)
    else await tus(request, response)
    return undefined
  }

  return async (request, response) => {
    const refused = await serve(request, response)
    if (refused === undefined) return
    response.writeHead(refused, { 'Content-Type': 'text/plain', ...(refused === 429 && { 'Retry-After': 1 }) }).end()
  }
}

/** 460 is tus's own for bytes that are not what they were said to be. */
export const statusOf = { wrong: 460, gone: 410 } as const
