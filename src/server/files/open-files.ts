import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '#shared/protocol/errors'
import type { FileId, MemberId, RoomId } from '#shared/protocol/ids'
import type { AddressKey } from '../budgets/address-key'
import type { ServerLimits } from '../limits'
import type { Report } from '../server-options'
import type { Connection } from '../rooms/connection'
import type { StoredFile } from '../store/file-rows'
import type { Store } from '../store/store'
import type { Freed } from '../store/writing'
import { createAddFile, type AddFile } from './add-file'
import { createBlobs } from './blobs'
import { makeFile } from './disk'
import { createFinish } from './finish-upload'
import { createPlaces } from './places'
import { createPromises } from './promises'
import { createSenders, type Senders } from './senders'
import { serveFile } from './serve-file'
import { createServeUpload, statusOf } from './serve-upload'
import { createSignedPaths, filesPath } from './signed-paths'
import { sweep } from './sweep'
import { createTus, UploadRefusal, uploadsPath } from './tus'
import { createUnderWay } from './under-way'
import { createVerifying } from './verify'

type Asked = { roomId: RoomId; memberId: MemberId; fileId: FileId }

export interface Files {
  /** The largest that may be added. */
  readonly mostBytes: number
  add: AddFile
  /** Somebody with this session is about to send. */
  expect: Senders['expect']
  drop: (asked: Asked) => Promise<void>
  open: (asked: Asked) => Promise<{ path: string; expiresAt: number; lastsMs: number; size: number }>
  isUpload: (request: IncomingMessage) => boolean
  /** Answers what is asked about files and uploads; false for anything else. */
  serve: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Promises nothing any more to whoever was at the other end. */
  left: (connection: Pick<Connection, 'id'>) => void
  /** Reads some of what is kept, and lets go of what is not what it is named for. */
  verifySome: () => Promise<void>
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
  monotonic: () => number
  now: () => number
  report: Report
}

const isUpload = ({ url }: IncomingMessage): boolean => url?.startsWith(`${uploadsPath}/`) === true

/** The bytes members share: received, kept, served and let go of. */
export async function openFiles(options: FilesOptions): Promise<Files> {
  const { dataDir, store, limits, addressKey, now, monotonic, report } = options
  const places = createPlaces(dataDir)
  await sweep(places, store)
  const blobs = createBlobs({ places, store })
  const verify = createVerifying({ store, places, blobs, report })
  const paths = createSignedPaths({ now, monotonic })
  const promises = createPromises(
    { ofMember: limits.promisedBytesPerMember, ofAddress: limits.promisedBytesPerAddress },
    monotonic,
  )
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
  const serveUpload = createServeUpload({
    store,
    senders,
    places,
    tus,
    finish,
    promises,
    most,
    mostAtOnce: limits.uploadsPerMember,
  })

  function onCut({ sha256, size }: StoredFile) {
    report(new Error('a file on the disk is not what it was'))
    underWay.follow(
      blobs.removeUnless(sha256, () => blobs.has(sha256, size)),
      'removing a file',
    )
  }

  async function remove({ fileId, sha256 }: Freed) {
    await rm(places.upload(fileId), { force: true })
    await blobs.removeUnkept(sha256)
  }

  return {
    mostBytes: limits.fileBytes,
    add: createAddFile({
      store,
      places,
      blobs,
      promises,
      mostBytes: limits.fileBytes,
      most,
      makeFile,
      finish,
      now,
    }),
    expect: senders.expect,
    async drop(asked) {
      await store.dropFile(asked)
      promises.end(asked.fileId)
    },
    async open(asked) {
      const file = await store.openableFile(asked)
      const { sha256, fileId, size } = file
      if (await blobs.has(sha256, size)) return { ...paths.sign(fileId), size }
      onCut(file)
      throw new Refusal('invalid_request', { field: 'fileId' })
    },
    isUpload,
    serve(request, response) {
      if (isUpload(request)) underWay.follow(serveUpload(request, response), 'upload', response)
      else if (request.url?.startsWith(filesPath))
        underWay.follow(serveFile(request, response, { store, places, paths, onCut }), 'file', response)
      else return false
      return true
    },
    left: promises.left,
    verifySome: verify,
    free(freed) {
      for (const file of freed) underWay.follow(remove(file), 'removing a file')
    },
    async close() {
      await underWay.idle()
      await blobs.idle()
    },
  }
}
