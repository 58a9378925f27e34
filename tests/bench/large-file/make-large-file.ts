import { createCipheriv, createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface LargeFile {
  dir: string
  path: string
  size: number
  sha256: string
}

const pieceBytes = 1_000_000

/** Bytes that are the same for the same seed, that nothing compresses, and that are really on the disk. */
export async function makeLargeFile(name: string, megabytes: number, seed: number): Promise<LargeFile> {
  const dir = mkdtempSync(join(tmpdir(), 'parlor-large-'))
  const path = join(dir, name)
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16))
  const hash = createHash('sha256')
  const nothing = Buffer.alloc(pieceBytes)
  const file = await open(path, 'wx')
  for (let piece = 0; piece < megabytes; piece++) {
    const bytes = noise.update(nothing)
    hash.update(bytes)
    await file.writeFile(bytes)
  }
  await file.sync()
  await file.close()
  return { dir, path, size: megabytes * pieceBytes, sha256: hash.digest('hex') }
}
