import { randomUUID } from 'node:crypto'
import type { RoomCalls } from '#client'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { appUrl } from '../windows/own-origin'

interface Linked {
  key: RoomKey
  fileId: FileId
}

/** The addresses under which the interface sees files. They say nothing of where the files are. */
export interface FileLinks {
  open: (file: Linked) => Promise<ClientReply<{ url: string; lastsMs: number; size?: number }>>
  /** Where the file behind such an address is read now; undefined when it cannot be. */
  resolve: (url: string) => Promise<string | undefined>
}

const folder = `${appUrl}files/`
const mostLinks = 2_000
/** An address on the server must last until it is used. */
const sparedMs = 10_000

export const isFileLink = (url: string): boolean => url.startsWith(folder)

export function createFileLinks(
  openFile: RoomCalls['openFile'],
  monotonic: () => number = () => performance.now(),
): FileLinks {
  interface Opened extends Linked {
    url: string
    endsAt: number
  }
  const links = new Map<string, Opened>()
  const linkTo = ({ key, fileId }: Linked) =>
    [...links].find(([, other]) => other.key === key && other.fileId === fileId)?.[0] ?? `${folder}${randomUUID()}`

  async function open(file: Linked, link = linkTo(file)) {
    // Before it was asked for: the answer may have been long on its way.
    const askedAt = monotonic()
    const opened = await openFile(file)
    if (!opened.ok) return opened
    // Renewed, it is the newest again.
    links.delete(link)
    const { url, lastsMs } = opened.value
    links.set(link, { ...file, url, endsAt: askedAt + lastsMs })
    for (const oldest of [...links.keys()].slice(0, -mostLinks)) links.delete(oldest)
    return { ok: true, value: { ...opened.value, url: link } } as const
  }

  return {
    open: (file) => open(file),
    async resolve(link) {
      const known = links.get(link)
      if (!known || known.endsAt - sparedMs > monotonic()) return known?.url
      const { key, fileId } = known
      const renewed = await open({ key, fileId }, link)
      return renewed.ok ? links.get(link)?.url : undefined
    },
  }
}
