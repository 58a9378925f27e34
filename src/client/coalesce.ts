import type { MessageChange } from '#shared/bridge'
import type { QueuedChange } from './queued'

export interface Coalesced {
  superseded: readonly QueuedChange[]
  /** False when nothing is left to be told to the server, or the same is on its way already. */
  isNeeded: boolean
}

export interface Whereabouts {
  /** On its way or arrived: it can only be followed, not taken back. */
  isFixed: (queued: QueuedChange) => boolean
  /** Never asked for, as far as anybody can know. */
  isUnasked: (queued: QueuedChange) => boolean
}

/** What one more change makes of those queued before it. A deleted message is not changed any more: `conflict`. */
export function coalesce(
  queue: readonly QueuedChange[],
  seq: number,
  change: MessageChange,
  { isFixed, isUnasked }: Whereabouts,
): Coalesced | 'conflict' {
  const rivals = queue.filter((queued) => queued.seq === seq && aspectOf(queued.change) === aspectOf(change))
  const last = rivals.at(-1)
  const superseded = rivals.filter((queued) => !isFixed(queued))

  if (last && last.failed === undefined) {
    if (isSame(last.change, change)) return { superseded: [], isNeeded: false }
    if (last.change.kind === 'delete') return 'conflict'
  }
  const isTakenBack =
    last !== undefined &&
    last.change.kind === oppositeOf[change.kind] &&
    !isFixed(last) &&
    (isUnasked(last) || last.failed !== undefined)
  return isTakenBack ? { superseded: [last], isNeeded: false } : { superseded, isNeeded: true }
}

/** Changes of one aspect of a message replace each other; changes of different ones stand side by side. */
function aspectOf(change: MessageChange): string {
  if (change.kind === 'edit' || change.kind === 'delete') return 'text'
  return 'emoji' in change ? `reaction ${change.emoji}` : 'pin'
}

const isSame = (a: MessageChange, b: MessageChange) =>
  a.kind === b.kind && (a.kind !== 'edit' || b.kind !== 'edit' || a.text === b.text)

const oppositeOf: Partial<Record<MessageChange['kind'], MessageChange['kind']>> = {
  react: 'unreact',
  unreact: 'react',
  pin: 'unpin',
  unpin: 'pin',
}
