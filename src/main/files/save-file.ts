import { randomUUID } from 'node:crypto'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SaveDialogOptions } from 'electron'
import type { RoomCalls } from '#client'
import type { ClientErrorCode, ClientReply, PlatformCalls } from '#shared/bridge'
import { fetchFile } from './fetch-file'
import { safeFileName } from '#shared/safe-file-name'
import { StalledError, type Pace } from './steady-body'

type Input = Parameters<PlatformCalls['saveFile']>[0]
type Saved = ClientReply<{ isSaved: boolean }>

export interface SaveOptions {
  openFile: RoomCalls['openFile']
  /** Answers where the person wants it, or undefined when they changed their mind. */
  ask: (options: SaveDialogOptions) => Promise<string | undefined>
  downloads: () => string
  platform: NodeJS.Platform
  pace?: Pace
}

/** Saves a file where the person says. It has its name only when all of it is there. */
export function createFileSaver(options: SaveOptions): (input: Input) => Promise<Saved> {
  const { openFile, ask, downloads, platform, pace } = options
  return async ({ key, fileId, name }) => {
    const target = await ask({
      defaultPath: join(downloads(), safeFileName(name)),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    if (target === undefined) return { ok: true, value: { isSaved: false } }
    const opened = await openFile({ key, fileId })
    if (!opened.ok) return opened

    const draft = join(dirname(target), `.parlor-${randomUUID()}.part`)
    try {
      await download(opened.value.url, draft, pace)
      if (platform === 'win32') await markAsForeign(draft)
      await rename(draft, target)
    } catch (error) {
      await rm(draft, { force: true })
      return { ok: false, error: { code: codeOf(error) } }
    }
    return { ok: true, value: { isSaved: true } }
  }
}

async function download(url: string, draft: string, pace: Pace | undefined): Promise<void> {
  const response = await fetchFile(url, { pace })
  const size = Number(response.headers.get('Content-Length') ?? Number.NaN)
  if (response.status !== 200 || !response.body || !Number.isSafeInteger(size)) {
    await response.body?.cancel()
    throw new Error('the server does not answer with a file')
  }
  const file = await open(draft, 'wx')
  try {
    await writeFile(file, exactly(size, response.body))
    await file.sync()
  } finally {
    await file.close()
  }
}

async function* exactly(size: number, body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = size
  for await (const piece of body) {
    left -= piece.length
    if (left < 0) break
    yield piece
  }
  if (left !== 0) throw new Error('the file is cut short or too long')
}

/** Windows asks before it runs what came from elsewhere. */
const markAsForeign = (file: string) => writeFile(`${file}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')

function codeOf(error: unknown): ClientErrorCode {
  if (error instanceof StalledError) return 'timed_out'
  // What the disk refuses has the name of a system call in it.
  return error instanceof Error && 'syscall' in error ? 'not_kept' : 'offline'
}
