import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, MemberId, RoomId } from '#shared/protocol/ids'
import type { AddressKey } from '../budgets/address-key'
import type { ServerLimits } from '../limits'
import type { Report } from '../server-options'
import type { Store } from '../store/store'
import type { Freed } from '../store/writing'
import { createAddFile, type AddFile } from './add-file'
import { createBlobs } from './blobs'
import { makeFile } from './disk'
import { createFinish } from './finish-upload'
import { createPlaces } from './places'
import { releaseIdle } from './release-idle'
import { createSenders, type Senders } from './senders'
import { serveFile } from './serve-file'
import { createServeUpload, statusOf } from './serve-upload'
import { createSignedPaths, filesPath } from './signed-paths'
import { sweep } from './sweep'
import { createTus, UploadRefusal, uploadsPath } from './tus'
import { createUnderWay } from './under-way'

type Asked = { roomId: RoomId; memberId: MemberId; fileId: FileId }

export interface Files {
  /** The largest that may be added. */
  readonly mostBytes: number
  add: AddFile
  /** Somebody with this session is about to send. */
  expect: Senders['expect']
  drop: (asked: Asked) => Promise<void>
  open: (asked: Asked) => Promise<{ path: string; expiresAt: number; size: number }>
  isUpload: (request: IncomingMessage) => boolean
  /** Answers what is asked about files and uploads; false for anything else. */
  serve: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Keeps room no longer for files of which nothing comes. */
  releaseIdle: () => Promise<void>
  /** Rows are gone: their bytes go too, unless they are of other files. */
  free: (freed: readonly Freed[]) => void
  /** Resolves when nothing is being written or removed. */
  close: () => Promise<void>
}

export interface FilesOptions {
  dataDir: string
  store: Store
  limits: ServerLimits
  addressKey: AddressKey
  now: () => number
  report: Report
}

const isUpload = ({ url }: IncomingMessage): boolean => url?.startsWith(`${uploadsPath}/`) === true

/** The bytes members share: received, kept, served and let go of. */
export async function openFiles({ dataDir, store, limits, addressKey, now, report }: FilesOptions): Promise<Files> {
  const places = createPlaces(dataDir)
  await sweep(places, store)
  const blobs = createBlobs({ places, store })
  const paths = createSignedPaths(now)
  const finish = createFinish({ store, places, blobs, now })
  const underWay = createUnderWay(report)
  const most = {
    ofMember: limits.memberFileBytes,
    inAll: limits.serverFileBytes,
    unfinished: limits.unfinishedFilesPerMember,
  }

  async function finishOrRefuse(fileId: FileId) {
    const finished = await finish(fileId)
    if (finished !== 'stored') throw new UploadRefusal(statusOf[finished])
  }
  const onFault = (error: unknown) => report(error, { during: 'upload' })
  const tus = createTus({ store, places, onWhole: finishOrRefuse, onFault })
  const senders = createSenders({
    store,
    addressKey,
    burst: limits.uploadRefusalBurst,
    perSecond: limits.uploadRefusalsPerSecond,
  })
  const mostAtOnce = limits.uploadsPerMember
  const serveUpload = createServeUpload({ store, senders, places, tus, finish, most, mostAtOnce })

  async function remove({ fileId, sha256 }: Freed) {
    await rm(places.upload(fileId), { force: true })
    await blobs.removeUnkept(sha256)
  }

  return {
    mostBytes: limits.fileBytes,
    add: createAddFile({ store, places, mostBytes: limits.fileBytes, most, makeFile, finish, now }),
    expect: senders.expect,
    drop: (asked) => store.dropFile(asked),
    async open(asked) {
      const { sha256, fileId, size } = await store.openableFile(asked)
      if (!(await blobs.has(sha256))) throw new Refusal('invalid_request', { field: 'fileId' })
      return { ...paths.sign(fileId), size }
    },
    isUpload,
    serve(request, response) {
      if (isUpload(request)) underWay.follow(serveUpload(request, response), 'upload', response)
      else if (request.url?.startsWith(filesPath))
        underWay.follow(serveFile(request, response, { store, places, paths }), 'file', response)
      else return false
      return true
    },
    releaseIdle: () => releaseIdle({ store, places, now }),
    free(freed) {
      for (const file of freed) underWay.follow(remove(file), 'removing a file')
    },
    async close() {
      await underWay.idle()
      await blobs.idle()
    },
  }
}
