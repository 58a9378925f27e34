import type { LeaveReason } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { Connection } from './connection'

/** Who came and went lately, one entry a person: a visit shorter than the window is never told. */
export interface Digest {
  joined: (member: Member) => void
  left: (memberId: MemberId, reason: LeaveReason) => void
  /** This connection was told who is here: what is waiting is no news to it. */
  entered: (connection: Connection) => void
  /** Tells now what is waiting. */
  tell: () => void
  stop: () => void
}

type Change = ({ member: Member } | { reason: LeaveReason }) & { knownTo: Set<Connection> }

export function createDigest(options: {
  windowMs: number
  onJoined: (member: Member, knownTo: ReadonlySet<Connection>) => void
  onLeft: (memberId: MemberId, reason: LeaveReason, knownTo: ReadonlySet<Connection>) => void
}): Digest {
  const changes = new Map<MemberId, Change>()
  let timer: NodeJS.Timeout | undefined

  function note(memberId: MemberId, change: Change) {
    changes.set(memberId, change)
    timer ??= setTimeout(tell, options.windowMs)
  }

  function stop() {
    clearTimeout(timer)
    timer = undefined
    changes.clear()
  }

  function tell() {
    const told = [...changes]
    stop()
    for (const [memberId, change] of told)
      if ('member' in change) options.onJoined(change.member, change.knownTo)
      else options.onLeft(memberId, change.reason, change.knownTo)
  }

  return {
    joined: (member) => note(member.memberId, { member, knownTo: new Set() }),
    left(memberId, reason) {
      const earlier = changes.get(memberId)
      const cameJustNow = earlier !== undefined && 'member' in earlier
      if (cameJustNow && reason === 'disconnected') changes.delete(memberId)
      else {
        // Coming and going on purpose is both told, in that order.
        if (cameJustNow) tell()
        note(memberId, { reason, knownTo: new Set() })
      }
    },
    entered(connection) {
      for (const { knownTo } of changes.values()) knownTo.add(connection)
    },
    tell,
    stop,
  }
}
