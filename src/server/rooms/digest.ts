import type { LeaveReason } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { Connection } from './connection'

/** Who came and went lately, one entry a person: a visit shorter than the window is never told. */
export interface Digest {
  joined: (member: Member) => void
  left: (memberId: MemberId, reason: LeaveReason) => void
  /** This connection was told who is here: what is waiting is no news to it. */
  entered: (connection: Connection, memberId: MemberId) => void
  /** Tells now what is waiting. */
  tell: () => void
  stop: () => void
}

/** Those who entered after `moment`: the list they were given says it already. */
export interface EnteredSince {
  entered: ReadonlyMap<Connection, number>
  moment: number
}

/** `seenAt` is the first moment from which somebody may have seen them here; 0 when everybody has. */
type Change = ({ member: Member } | { reason: LeaveReason }) & { moment: number; seenAt: number }

export function createDigest(options: {
  windowMs: number
  onJoined: (member: Member, except: EnteredSince) => void
  onLeft: (memberId: MemberId, reason: LeaveReason, except: EnteredSince) => void
}): Digest {
  const changes = new Map<MemberId, Change>()
  let entered = new Map<Connection, number>()
  const lastEntered = new Map<MemberId, number>()
  let moment = 0
  let timer: NodeJS.Timeout | undefined

  function note(memberId: MemberId, change: Change) {
    changes.set(memberId, change)
    timer ??= setTimeout(tell, options.windowMs)
  }

  function stop() {
    clearTimeout(timer)
    timer = undefined
    changes.clear()
    entered = new Map()
    lastEntered.clear()
  }

  function tell() {
    const told = [...changes]
    const known = entered
    stop()
    for (const [memberId, change] of told) {
      const except = { entered: known, moment: change.moment }
      if ('member' in change) options.onJoined(change.member, except)
      else options.onLeft(memberId, change.reason, except)
    }
  }

  const wasSeen = (memberId: MemberId, { seenAt }: Change) =>
    seenAt === 0 || [...lastEntered].some(([id, at]) => id !== memberId && at > seenAt)

  return {
    joined(member) {
      moment++
      note(member.memberId, { member, moment, seenAt: changes.get(member.memberId)?.seenAt ?? moment })
    },
    left(memberId, reason) {
      const earlier = changes.get(memberId)
      const cameJustNow = earlier !== undefined && 'member' in earlier
      if (cameJustNow && reason === 'disconnected' && !wasSeen(memberId, earlier)) changes.delete(memberId)
      else {
        // Coming and going on purpose is both told, in that order.
        if (cameJustNow && reason === 'left') tell()
        note(memberId, { reason, moment: ++moment, seenAt: changes.get(memberId)?.seenAt ?? 0 })
      }
    },
    entered(connection, memberId) {
      if (changes.size === 0) return
      entered.set(connection, ++moment)
      lastEntered.set(memberId, moment)
    },
    tell,
    stop,
  }
}
