import type { ClientReply, Platform, RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'

interface Parts {
  platform: Pick<Platform, 'keepFile'>
  key: RoomKey
  fileId: FileId
  bytes: Blob
  /** Told after each piece; false stops it. */
  kept: (bytes: number) => boolean
}

/** Hands a file's bytes to the client, piece by piece. */
export async function keepBytes({ platform, key, fileId, bytes, kept }: Parts): Promise<ClientReply<unknown>> {
  let next = pieceAt(bytes, 0)
  for (let offset = 0; offset < bytes.size; offset += limits.filePieceBytes) {
    const piece = await next
    next = pieceAt(bytes, offset + limits.filePieceBytes)
    // The disk it was chosen from was taken away, or the file changed since.
    if (!piece) return { ok: false, error: { code: 'not_kept' } }
    const reply = await platform.keepFile({ key, fileId, offset, bytes: piece })
    if (!reply.ok) return reply
    if (!kept(piece.length)) return { ok: false, error: { code: 'not_kept' } }
  }
  return { ok: true, value: {} }
}

async function pieceAt(bytes: Blob, offset: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await bytes.slice(offset, offset + limits.filePieceBytes).arrayBuffer())
  } catch {
    return undefined
  }
}
