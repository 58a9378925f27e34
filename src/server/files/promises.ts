import type { FileId, MemberId } from '#shared/protocol/ids'
import type { Connection } from '../rooms/connection'
import type { Promised } from '../store/file-rows'

/** How long room is promised to a file of which nothing comes. */
const lastsMs = 600_000

/** Whose a promise is: it ends with their connection. */
export interface Announcer {
  memberId: MemberId
  address: string
  connection: Pick<Connection, 'id'>
}

/** Room for files that were announced, for as long as whoever announced them is here to send them. */
export interface Promises {
  /** Beyond the shares of a person and of an address nothing is promised; a file may come all the same. */
  make: (fileId: FileId, bytes: number, to: Announcer) => void
  /** To all but this file. */
  besides: (fileId: FileId, memberId: MemberId) => Promised
  /** It is being sent, or will not be. */
  end: (fileId: FileId) => void
  left: (connection: Pick<Connection, 'id'>) => void
}

interface Made {
  bytes: number
  to: Announcer
  at: number
}

export function createPromises(most: { ofMember: number; ofAddress: number }, monotonic: () => number): Promises {
  const made = new Map<FileId, Made>()

  function lasting(): [FileId, Made][] {
    const oldest = monotonic() - lastsMs
    // In the order in which they were made.
    for (const [fileId, { at }] of made) {
      if (at > oldest) break
      made.delete(fileId)
    }
    return [...made]
  }

  const sum = (which: (one: Made, fileId: FileId) => boolean) =>
    lasting().reduce((bytes, [fileId, one]) => bytes + (which(one, fileId) ? one.bytes : 0), 0)

  return {
    make(fileId, bytes, to) {
      made.delete(fileId)
      if (bytes === 0) return
      const ofMember = sum((one) => one.to.memberId === to.memberId)
      const ofAddress = sum((one) => one.to.address === to.address)
      if (ofMember + bytes > most.ofMember || ofAddress + bytes > most.ofAddress) return
      made.set(fileId, { bytes, to, at: monotonic() })
    },
    besides: (fileId, memberId) => ({
      ofMember: sum((one, id) => id !== fileId && one.to.memberId === memberId),
      inAll: sum((_one, id) => id !== fileId),
    }),
    end: (fileId) => void made.delete(fileId),
    left(connection) {
      for (const [fileId, { to }] of made) if (to.connection.id === connection.id) made.delete(fileId)
    },
  }
}
