import { defineStore } from 'pinia'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { usePlatform } from '../composables/use-platform'
import { createPatientAsk } from '../asking/patient-ask'

type UrlReply = ClientReply<{ url: string; lastsMs: number; size?: number }>
interface Opened {
  readonly reply: Promise<UrlReply>
  readonly wanted: (() => boolean)[]
  /** Zero until the reply is there. */
  endsAt: number
}

/** An address that ends while the browser is on its way to it would be in vain. */
const marginMs = 30_000
/** A third of what servers take of one member: a room full of pictures must not keep them from writing. */
const rate = { burst: 20, perSecond: 10 }

const mostKnown = 2_000

/** Where files can be read at the moment; each address is asked for once until it ends. */
export const useFileUrls = defineStore('file-urls', () => {
  const platform = usePlatform()
  const known = new Map<string, Opened>()
  const ask = createPatientAsk(rate)

  /** `isWanted`: whether it still is when its turn comes. */
  async function open(key: RoomKey, fileId: FileId, isWanted: () => boolean = () => true): Promise<UrlReply> {
    const place = `${key} ${fileId}`
    const before = known.get(place)
    if (before && (before.endsAt === 0 || before.endsAt > performance.now() + marginMs)) {
      before.wanted.push(isWanted)
      return before.reply
    }

    const wanted = [isWanted]
    let askedAt = performance.now()
    const reply = ask(
      () => {
        askedAt = performance.now()
        return platform.openFile({ key, fileId })
      },
      () => wanted.some((is) => is()),
    )
    const asked: Opened = { wanted, reply, endsAt: 0 }
    known.set(place, asked)
    for (const oldest of [...known.keys()].slice(0, -mostKnown)) known.delete(oldest)
    const opened = await reply
    if (opened.ok) asked.endsAt = askedAt + opened.value.lastsMs
    else known.delete(place)
    return opened
  }
  const forget = (key: RoomKey, fileId: FileId) => void known.delete(`${key} ${fileId}`)

  return { open, forget }
})
