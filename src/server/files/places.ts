import { join } from 'node:path'
import type { FileId, Sha256 } from '#shared/protocol/ids'

/** Where bytes are: whole ones by what they are, the others by whose they will be. */
export interface Places {
  dir: string
  blobs: string
  uploads: string
  blob: (sha256: Sha256) => string
  upload: (fileId: FileId) => string
}

export function createPlaces(dataDir: string): Places {
  const dir = join(dataDir, 'files')
  const blobs = join(dir, 'blobs')
  const uploads = join(dir, 'uploads')
  return {
    dir,
    blobs,
    uploads,
    blob: (sha256) => join(blobs, sha256.slice(0, 2), sha256),
    upload: (fileId) => join(uploads, fileId),
  }
}
