import type { ServerUrl } from '#shared/address'
import type { FileId } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { parseUrl } from '#shared/parse-url'
import type { Ask } from '../ask'
import { ContractBreach } from '../breach'
import type { RoomCalls } from '../door'
import type { OwnFiles } from '../own-files'
import { done, refuse, type Answering } from './answering'

export interface FilesOptions {
  ask: Ask
  ownFiles: OwnFiles
  dial: (server: ServerUrl) => string | undefined
  report: (error: unknown) => void
}

const longestPath = 2_048
/** What servers mean that do not say it. Their clock says nothing here. */
const olderLastsMs = 300_000

/** Bytes handed over to be sent, and where those of others can be read. */
export function createFileCalls(
  { inRoom, online }: Answering,
  { ask, ownFiles, dial, report }: FilesOptions,
): Pick<RoomCalls, 'keepFile' | 'openFile'> {
  return {
    keepFile: inRoom(async (room, { fileId, offset, bytes }) => {
      if (bytes.length === 0 || bytes.length > limits.filePieceBytes) return refuse('invalid_request', 'bytes')
      if (room.outbox.files.find(fileId)) return refuse('conflict')
      try {
        const isNext = await ownFiles.keep(fileId, offset, bytes)
        return isNext ? done : refuse('invalid_request', 'offset')
      } catch (error) {
        report(error)
        return refuse('not_kept')
      }
    }),
    openFile: online(async ({ server, roomId }, link, { fileId }) => {
      const reply = await ask(link, 'open_file', { roomId, fileId })
      if (!reply.ok) return reply
      const { path, lastsMs = olderLastsMs, size } = reply.value
      const dialled = dial(server)
      if (dialled === undefined) return refuse('offline')
      const url = addressOf(path, fileId, dialled)
      if (url !== undefined) return { ok: true, value: { url, lastsMs, ...(size !== undefined && { size }) } }
      report(new ContractBreach('open_file answers a path that is not of that file'))
      return refuse('internal')
    }),
  }
}

/** A server names a path of its own, and nothing else on the network. */
function addressOf(path: string, fileId: FileId, server: string): string | undefined {
  const url = path.length > longestPath ? undefined : parseUrl(path, server)
  if (!url) return undefined
  const isOfFile = url.origin === new URL(server).origin && url.pathname === `/files/${fileId}`
  return isOfFile && url.username === '' && url.password === ''
    ? `${url.origin}${url.pathname}${url.search}`
    : undefined
}
