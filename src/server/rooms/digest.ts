import type { LeaveReason } from '#shared/protocol/contract'
import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

/** Who came and went lately, one entry a person: what cancels out is never told. */
export interface Digest {
  joined: (member: Member, isNew: boolean) => void
  left: (memberId: MemberId, reason: LeaveReason) => void
  /** Tells now what is waiting. */
  tell: () => void
  stop: () => void
}

/** `wasKnown`: the others had this person in their list before. */
type Change = { wasKnown: boolean; member: Member } | { wasKnown: boolean; reason: LeaveReason }

export function createDigest(options: {
  windowMs: number
  onJoined: (member: Member) => void
  onLeft: (memberId: MemberId, reason: LeaveReason) => void
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
      if ('member' in change) options.onJoined(change.member)
      else options.onLeft(memberId, change.reason)
  }

  return {
    joined: (member, isNew) =>
      note(member.memberId, { wasKnown: changes.get(member.memberId)?.wasKnown ?? !isNew, member }),
    left(memberId, reason) {
      const earlier = changes.get(memberId)
      const cameJustNow = earlier !== undefined && 'member' in earlier
      if (cameJustNow && (!earlier.wasKnown || reason === 'disconnected')) changes.delete(memberId)
      else note(memberId, { wasKnown: earlier?.wasKnown ?? true, reason })
    },
    tell,
    stop,
  }
}
