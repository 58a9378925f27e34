import { defineStore } from 'pinia'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'

interface Opened {
  readonly reply: Promise<ClientReply<{ url: string; expiresAt: number }>>
  /** Zero until the reply is there. */
  expiresAt: number
}

/** An address that ends while the browser is on its way to it would be in vain. */
const marginMs = 30_000

/** Where files can be read at the moment; each address is asked for once until it ends. */
export const useFileUrls = defineStore('file-urls', () => {
  const platform = usePlatform()
  const known = new Map<string, Opened>()

  async function open(key: RoomKey, fileId: FileId): Promise<ClientReply<{ url: string; expiresAt: number }>> {
    const place = `${key} ${fileId}`
    const before = known.get(place)
    if (before && (before.expiresAt === 0 || before.expiresAt > Date.now() + marginMs)) return before.reply

    const asked: Opened = { reply: platform.openFile({ key, fileId }), expiresAt: 0 }
    known.set(place, asked)
    const reply = await asked.reply
    if (reply.ok) asked.expiresAt = reply.value.expiresAt
    else known.delete(place)
    return reply
  }
  const forget = (key: RoomKey, fileId: FileId) => void known.delete(`${key} ${fileId}`)

  return { open, forget }
})
