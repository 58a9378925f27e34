import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { FileStorage } from '#client'
import { FileId } from '#shared/protocol/ids'

/** Keeps the bytes of files in a folder of the app's own, one file each, under their ids. */
export function openFileSpool(dir: string): FileStorage {
  const place = (fileId: FileId) => join(dir, v.parse(FileId, fileId))

  return {
    async write(fileId, offset, bytes) {
      if (offset === 0) await mkdir(dir, { recursive: true, mode: 0o700 })
      const file = await open(place(fileId), offset === 0 ? 'w' : 'r+', 0o600)
      try {
        for (let done = 0; done < bytes.length;) {
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten
        }
      } finally {
        await file.close()
      }
    },
    async sync(fileId) {
      await syncPlace(place(fileId), 'r+')
      // Windows cannot open a directory and needs no such sync.
      if (process.platform !== 'win32') await syncPlace(dir, 'r')
    },
    async read(fileId, start, end) {
      const file = await open(place(fileId), 'r')
      try {
        const { buffer, bytesRead } = await file.read(new Uint8Array(end - start), 0, end - start, start)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
    remove: (fileId) => rm(place(fileId), { force: true }),
    async leftBehind() {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      return (await readdir(dir)).flatMap((name) => {
        const fileId = v.safeParse(FileId, name)
        return fileId.success && fileId.output === name ? [fileId.output] : []
      })
    },
  }
}

async function syncPlace(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = await open(path, flags)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
