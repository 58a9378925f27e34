import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const webDir = resolve(import.meta.dirname, '../../../out/renderer')
const looksPerQuestion = 20

export interface NaiveFiles {
  dir: string
  /** Bytes that are here or were announced. */
  bytes: number
}

export function createNaiveFiles(): NaiveFiles {
  const dir = mkdtempSync(join(tmpdir(), 'parlor-naive-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  return { dir, bytes: 0 }
}

/** Opens what is asked for at once, whoever waits before it; waits for bodies without end. */
export function serveNaively(request: IncomingMessage, response: ServerResponse, { dir }: NaiveFiles) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const uploads = '/uploads/'
  if (!pathname.startsWith(uploads)) {
    send(response, pathname.startsWith('/files/') ? join(dir, pathname.slice('/files/'.length)) : pageAt(pathname))
    return
  }
  const upload = join(dir, pathname.slice(uploads.length))
  if (request.method === 'PATCH') receive(request, response, upload)
  else response.writeHead(isThere(upload) ? 200 : 404).end()
}

const pageAt = (pathname: string) => join(webDir, pathname === '/' ? 'index.html' : pathname)

function send(response: ServerResponse, path: string) {
  if (!existsSync(path)) response.writeHead(404).end()
  else createReadStream(path).pipe(response)
}

function receive(request: IncomingMessage, response: ServerResponse, upload: string) {
  request.pipe(createWriteStream(upload))
  request.on('end', () => response.writeHead(204).end())
}

function isThere(path: string): boolean {
  let isThere = false
  for (let look = 0; look < looksPerQuestion; look++) isThere = existsSync(path)
  return isThere
}
