import type { DetailedError, Upload, UploadOptions as TusOptions } from 'tus-js-client'
import { limits } from '#shared/protocol/limits'
import type { Latch } from '../latch'
import { createFetchStack, type PieceBody } from './fetch-stack'
import type { SendBytes, UploadEnd, UploadOptions } from './upload'

/** Sends a file by tus 1.0 from where the server says it stands. The only place that knows tus-js-client. */
export const sendByTus: SendBytes = async (options, stop) => {
  const Library = await loadLibrary()
  if (!Library) return { kind: 'failed', code: 'timed_out' }
  return new Promise((resolve) => run(Library, options, stop, resolve))
}

/** Most guests never send a file: their page loads this when they do. */
const loadLibrary = () =>
  import('tus-js-client').then(
    ({ Upload }) => Upload,
    () => undefined,
  )

function run(Library: typeof Upload, options: UploadOptions, stop: Latch, resolve: (end: UploadEnd) => void) {
  let accepted = -1
  let problem: UploadEnd | undefined
  let stopWaiting: () => void = () => undefined

  async function slice(start: number, end: number) {
    // The offset is the server's word.
    if (start < 0 || start >= end || end > options.size) return broken({ kind: 'failed', code: 'internal' })
    const bytes = await options.read(start, end).catch(() => undefined)
    if (bytes?.length !== end - start) return broken({ kind: 'unreadable' })
    const value: PieceBody = { size: bytes.length, bytes }
    return { value, done: end >= options.size }
  }

  function broken(how: UploadEnd): never {
    problem = how
    throw new Error('there is nothing to send')
  }

  function end(how: UploadEnd) {
    stopWaiting()
    upload.abort().catch(() => undefined)
    resolve(how)
  }

  const upload = new Library(new Blob(), {
    ...plainly,
    uploadUrl: options.url,
    headers: { Authorization: `Bearer ${options.session}` },
    fileReader: { openFile: () => Promise.resolve({ size: options.size, slice, close: () => undefined }) },
    onProgress(bytes) {
      if (bytes <= options.size) options.onSent(bytes)
    },
    onChunkComplete(_size, bytesAccepted) {
      if (bytesAccepted <= accepted) end({ kind: 'failed', code: 'internal' })
      accepted = bytesAccepted
    },
    onSuccess: () => end({ kind: 'sent' }),
    onError: (error) => end(problem ?? { kind: 'failed', code: codeOf(error) }),
  })
  stopWaiting = stop.onSet(() => end({ kind: 'stopped' }))
  if (!stop.isSet()) upload.start()
}

const plainly = {
  chunkSize: limits.filePieceBytes,
  retryDelays: null,
  storeFingerprintForResuming: false,
  fingerprint: () => Promise.resolve(''),
  httpStack: createFetchStack(),
} satisfies TusOptions

const meanings: Readonly<Record<number, 'too_large' | 'storage_full' | 'timed_out'>> = {
  408: 'timed_out',
  413: 'too_large',
  507: 'storage_full',
}

function codeOf(error: Error | DetailedError): (UploadEnd & { kind: 'failed' })['code'] {
  if (!('originalResponse' in error)) return 'internal'
  const status = error.originalResponse?.getStatus()
  return status === undefined ? 'timed_out' : (meanings[status] ?? 'internal')
}
