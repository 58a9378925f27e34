import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { ERRORS, Server, Upload } from '@tus/server'
import type { FileId } from '#shared/protocol/ids'
import type { Store } from '../store/store'
import { isDiskFull } from './disk'
import type { Places } from './places'
import { createUploadLocks } from './upload-locks'

export const uploadsPath = '/uploads'

/** Another status, with which the answer to an upload ends. */
export class UploadRefusal extends Error {
  readonly body = ''

  constructor(readonly status_code: number) {
    super(`upload refused with ${status_code}`)
  }
}

export interface TusOptions {
  store: Pick<Store, 'findFile'>
  places: Places
  /** Runs when all of a file has arrived, before that is answered; may throw an `UploadRefusal`. */
  onWhole: (fileId: FileId) => Promise<void>
  onFault: (error: unknown) => void
}

/** Answers one request about an upload that is known and whose sender may send it. */
export type Tus = (request: IncomingMessage, response: ServerResponse) => Promise<void>

// The library takes 0 for its own 3 seconds.
const atOnceMs = 1

/** https://tus.io/protocols/resumable-upload, of which only `HEAD` and `PATCH` are served. */
export function createTus({ store, places, onWhole, onFault }: TusOptions): Tus {
  const server = new Server({
    path: uploadsPath,
    datastore: new FileStore({ directory: places.uploads, configstore: announced(store) }),
    locker: createUploadLocks(),
    lockDrainTimeout: atOnceMs,
    allowedOrigins: () => false,
    async onUploadFinish(_request, { id }) {
      await onWhole(id as FileId)
      return {}
    },
    onResponseError(_request, error) {
      if (error === ERRORS.FILE_WRITE_ERROR || isDiskFull(error)) return { status_code: 507, body: '' }
      if (error instanceof Error && !('status_code' in error)) onFault(error)
      return undefined
    },
  })

  return async (request, response) => {
    // Its sender is gone: nothing comes any more, and nobody hears the answer.
    if (request.destroyed) return
    const answer = await server.handleWeb(asWebRequest(request))
    await send(answer, response)
  }
}

/** What the library would keep in a file beside each upload is in the database. */
const announced = (store: Pick<Store, 'findFile'>) => ({
  async get(id: string) {
    const file = await store.findFile(id as FileId)
    return file && new Upload({ id, size: file.size, offset: 0 })
  },
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(),
})

function asWebRequest(request: IncomingMessage): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
  const url = new URL(request.url ?? '', 'http://localhost')
  if (request.method !== 'PATCH') return new Request(url, { method: 'HEAD', headers })
  return new Request(url, { method: 'PATCH', headers, body: Readable.toWeb(request), duplex: 'half' })
}

/** No other origin may read it: what the library says about that is left out. */
async function send(answer: Response, response: ServerResponse): Promise<void> {
  if (response.destroyed || response.headersSent) return
  for (const [name, value] of answer.headers) if (!name.startsWith('access-control-')) response.setHeader(name, value)
  response.writeHead(answer.status).end(answer.body === null ? undefined : await answer.text())
}
