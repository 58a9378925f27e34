import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { FileId } from '#shared/protocol/ids'
import * as v from 'valibot'
import type { Clocks } from '../clock/server-time'

const keyBytes = 32
const lastsMs = 300_000

/** Addresses that open one file for a few minutes, for whoever has them. They end with the server. */
export interface SignedPaths {
  sign: (fileId: FileId) => { path: string; expiresAt: number; lastsMs: number }
  /** The file, unless it is not ours or its time is over. */
  read: (url: URL) => FileId | undefined
}

export const filesPath = '/files/'

/** They end by a clock that only goes on: `expiresAt` is for those who know no better. */
export function createSignedPaths({ now, monotonic }: Pick<Clocks, 'now' | 'monotonic'>): SignedPaths {
  const key = randomBytes(keyBytes)
  const signature = (fileId: string, until: string) => createHmac('sha256', key).update(`${fileId} ${until}`).digest()

  return {
    sign(fileId) {
      const until = String(Math.floor(monotonic() + lastsMs))
      const query = new URLSearchParams({ until, signature: signature(fileId, until).toString('base64url') })
      return { path: `${filesPath}${fileId}?${query.toString()}`, expiresAt: now() + lastsMs, lastsMs }
    },
    read({ pathname, searchParams }) {
      const id = v.safeParse(FileId, pathname.slice(filesPath.length))
      const until = searchParams.get('until') ?? ''
      const shown = Buffer.from(searchParams.get('signature') ?? '', 'base64url')
      if (!id.success) return undefined
      const right = signature(id.output, until)
      if (shown.length !== right.length || !timingSafeEqual(shown, right)) return undefined
      return Number(until) > monotonic() ? id.output : undefined
    },
  }
}
