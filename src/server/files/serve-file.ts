import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { StoredFile } from '../store/file-rows'
import type { Store } from '../store/store'
import { readRange } from './byte-range'
import { sizeOf } from './disk'
import type { Places } from './places'
import { servedHeaders } from './served-headers'
import type { SignedPaths } from './signed-paths'

export interface ServingFiles {
  store: Pick<Store, 'findFile'>
  places: Places
  paths: SignedPaths
  /** What is on the disk is not what a file should be. */
  onCut: (file: StoredFile) => void
}

/** Answers a signed path with the bytes, or a part of them. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  serving: ServingFiles,
): Promise<void> {
  const refused = await serve(request, response, serving)
  if (refused !== undefined) response.writeHead(refused, { 'Content-Type': 'text/plain' }).end()
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { store, places, paths, onCut }: ServingFiles,
): Promise<403 | 404 | 405 | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405
  const fileId = paths.read(new URL(request.url ?? '', 'http://localhost'))
  if (fileId === undefined) return 403
  const file = await store.findFile(fileId)
  if (!file?.isStored) return 404
  if ((await sizeOf(places.blob(file.sha256))) !== file.size) {
    onCut(file)
    return 404
  }
  if (response.destroyed) return undefined

  await send(request, response, { file, path: places.blob(file.sha256) })
  return undefined
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { file, path }: { file: StoredFile; path: string },
): Promise<void> {
  const range = readRange(request.headers.range, file.size)
  // Those of the page are for pages.
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  for (const [name, value] of Object.entries(servedHeaders(file))) response.setHeader(name, value)
  response.setHeader('Accept-Ranges', 'bytes')
  if (range === 'none') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.size}`, 'Content-Length': 0 }).end()
    return
  }
  const { start, end } = range === 'all' ? { start: 0, end: file.size - 1 } : range
  if (range !== 'all') response.setHeader('Content-Range', `bytes ${start}-${end}/${file.size}`)
  response.writeHead(range === 'all' ? 200 : 206, { 'Content-Length': end - start + 1 })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(path, { start, end }), response).catch(unlessGone(response))
}

/** Whoever asked may leave at any time. */
const unlessGone = (response: ServerResponse) => (error: unknown) => {
  if (!response.destroyed) throw error
}
