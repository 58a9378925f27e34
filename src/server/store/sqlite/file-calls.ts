import type { FileRows } from '../file-rows'
import type { WriteName } from './commit-batch'
import type { ReadName } from './reader'

/** What the store does about files, as operations of its threads. */
export const fileCalls = (
  read: (name: ReadName, input: unknown) => Promise<never>,
  write: (name: WriteName, input: unknown) => Promise<never>,
): FileRows => ({
  addFile: ({ roomId, memberId, fileId, name, size, sha256, looks, at, most, promised }) =>
    write('addFile', { roomId, memberId, fileId, name, size, sha256, looks, at, most, promised }),
  dropFile: ({ roomId, memberId, fileId }) => write('dropFile', { roomId, memberId, fileId }),
  completeFile: ({ fileId, at, type, measures }) => write('completeFile', { fileId, at, type, measures }),
  reservedFiles: () => read('reservedFiles', undefined),
  releaseFiles: (halted) =>
    write(
      'releaseFiles',
      halted.map(({ fileId, received }) => ({ fileId, received })),
    ),
  reserveFile: ({ fileId, most }) => write('reserveFile', { fileId, most }),
  findFile: (fileId) => read('findFile', fileId),
  ownFile: ({ memberId, fileId }) => read('ownFile', { memberId, fileId }),
  openableFile: ({ roomId, memberId, fileId }) => read('openableFile', { roomId, memberId, fileId }),
  isKept: (sha256) => read('isKept', sha256),
  keptBytes: () => read('keptBytes', undefined),
  loseBytes: ({ blobs }) => write('loseBytes', { blobs }),
  deleteOldFiles: ({ passedMs, keepUnsentMs, keepSentMs }) =>
    write('deleteOldFiles', { passedMs, keepUnsentMs, keepSentMs }),
})
