import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, MemberId, RoomId } from '#shared/protocol/ids'
import type { ServerLimits } from '../limits'
import type { Report } from '../server-options'
import type { NewFile, Store } from '../store/store'
import type { Freed } from '../store/writing'
import { createBlobs } from './blobs'
import { makeFile, sizeOf } from './disk'
import { createFinish } from './finish-upload'
import { createPlaces } from './places'
import { serveFile } from './serve-file'
import { createServeUpload, statusOf } from './serve-upload'
import { createSignedPaths, filesPath } from './signed-paths'
import { sweep } from './sweep'
import { createTus, UploadRefusal, uploadsPath } from './tus'

type Asked = { roomId: RoomId; memberId: MemberId; fileId: FileId }

export interface Files {
  /** The largest that may be added. */
  readonly mostBytes: number
  add: (draft: Omit<NewFile, 'most' | 'at'>) => Promise<{ isStored: boolean }>
  drop: (asked: Asked) => Promise<void>
  open: (asked: Asked) => Promise<{ path: string; expiresAt: number }>
  isUpload: (request: IncomingMessage) => boolean
  /** Answers what is asked about files and uploads; false for anything else. */
  serve: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Rows are gone: their bytes go too, unless they are of other files. */
  free: (freed: readonly Freed[]) => void
  /** Resolves when nothing is being written or removed. */
  close: () => Promise<void>
}

export interface FilesOptions {
  dataDir: string
  store: Store
  limits: ServerLimits
  now: () => number
  report: Report
}

const isUpload = ({ url }: IncomingMessage): boolean => url?.startsWith(`${uploadsPath}/`) === true

/** The bytes members share: received, kept, served and let go of. */
export async function openFiles({ dataDir, store, limits, now, report }: FilesOptions): Promise<Files> {
  const places = createPlaces(dataDir)
  await sweep(places, store)
  const blobs = createBlobs({ places, store })
  const paths = createSignedPaths(now)
  const finish = createFinish({ store, places, blobs, now })
  const underWay = new Set<Promise<void>>()

  const tus = createTus({
    store,
    places,
    onFault: (error) => report(error, { during: 'upload' }),
    async onWhole(fileId) {
      const finished = await finish(fileId)
      if (finished !== 'stored') throw new UploadRefusal(statusOf[finished])
    },
  })
  const serveUpload = createServeUpload({ store, places, tus, finish, mostAtOnce: limits.uploadsPerMember })

  function follow(work: Promise<void>, during: string, response?: ServerResponse) {
    const onFault = (error: unknown) => {
      report(error, { during })
      if (response && !response.headersSent) response.writeHead(500).end()
      else response?.destroy()
    }
    const followed = work.catch(onFault).finally(() => underWay.delete(followed))
    underWay.add(followed)
  }

  async function remove({ fileId, sha256 }: Freed) {
    await rm(places.upload(fileId), { force: true })
    await blobs.removeUnkept(sha256)
  }

  return {
    mostBytes: limits.fileBytes,
    async add(draft) {
      if (draft.size > limits.fileBytes) throw new Refusal('too_large', { field: 'size' })
      const most = { ofMember: limits.memberFileBytes, inAll: limits.serverFileBytes }
      const { isStored } = await store.addFile({ ...draft, most, at: now() })
      const upload = places.upload(draft.fileId)
      if (isStored) await rm(upload, { force: true })
      else await makeFile(upload)
      // The server may have died between the last byte and the rest.
      const isWhole = !isStored && (await sizeOf(upload)) === draft.size
      return { isStored: isStored || (isWhole && (await finish(draft.fileId)) === 'stored') }
    },
    drop: (asked) => store.dropFile(asked),
    async open(asked) {
      const { sha256, fileId } = await store.openableFile(asked)
      if (!(await blobs.has(sha256))) throw new Refusal('invalid_request', { field: 'fileId' })
      return paths.sign(fileId)
    },
    isUpload,
    serve(request, response) {
      if (isUpload(request)) follow(serveUpload(request, response), 'upload', response)
      else if (request.url?.startsWith(filesPath))
        follow(serveFile(request, response, { store, places, paths }), 'file', response)
      else return false
      return true
    },
    free(freed) {
      for (const file of freed) follow(remove(file), 'removing a file')
    },
    async close() {
      while (underWay.size > 0) await Promise.all(underWay)
      await blobs.idle()
    },
  }
}
