import type { PendingFile } from '#shared/bridge'
import type { ClientKey, FileId } from '#shared/protocol/ids'
import { isMessage, type Queued, type QueuedFile } from './queued'
import { filesOf, messageWith, withFile, withFilesAnew, withoutFile } from './queued-files'

/** The files of messages that wait. */
export interface OutboxFiles {
  all: () => readonly QueuedFile[]
  find: (fileId: FileId) => QueuedFile | undefined
  /** Those that are neither paused nor stored, of messages that have not failed. */
  toSend: () => readonly QueuedFile[]
  /** The message it goes with. */
  messageOf: (fileId: FileId) => ClientKey | undefined
  /** Shown only: after a restart the server is asked again. */
  show: (fileId: FileId, progress: Partial<Pick<PendingFile, 'sent' | 'state'>>) => void
  pause: (fileId: FileId, isPaused: boolean) => void
  /** Answers what forbids it, if anything does. */
  discard: (fileId: FileId) => 'conflict' | 'invalid_request' | undefined
  /** Over a new connection the server says anew which of them it has. */
  startOver: () => void
}

/** What the outbox lends of itself. */
export interface OutboxOfFiles {
  queue: () => readonly Queued[]
  isWaiting: (queued: Queued) => boolean
  /** Whether the server is being asked for it, or has answered. */
  isAsked: (queued: Queued) => boolean
  become: (queue: readonly Queued[]) => void
  amend: (which: (queued: Queued) => boolean, to: (queued: Queued) => Queued) => void
  drop: (which: (queued: Queued) => boolean) => void
}

export function createOutboxFiles(outbox: OutboxOfFiles): OutboxFiles {
  const { queue, isWaiting, isAsked, become, amend, drop } = outbox
  const isOf = (fileId: FileId) => (queued: Queued) =>
    isMessage(queued) && (queued.files ?? []).some((file) => file.fileId === fileId)

  return {
    all: () => filesOf(queue()),
    find: (fileId) => filesOf(queue()).find((file) => file.fileId === fileId),
    toSend: () => filesOf(queue().filter(isWaiting)).filter(({ state }) => state === 'waiting' || state === 'sending'),
    messageOf: (fileId) => messageWith(queue(), fileId)?.clientKey,
    show: (fileId, progress) => become(queue().map((queued) => withFile(queued, fileId, progress))),
    pause(fileId, isPaused) {
      const state = filesOf(queue()).find((file) => file.fileId === fileId)?.state
      if (state === 'stored' || (state === 'paused') === isPaused) return
      amend(isOf(fileId), (queued) => withFile(queued, fileId, { state: isPaused ? 'paused' : 'waiting' }))
    },
    discard(fileId) {
      const message = messageWith(queue(), fileId)
      if (!message) return 'invalid_request'
      // As it was asked for, so it may have been posted.
      if (isAsked(message)) return 'conflict'
      const left = withoutFile(message, fileId)
      const isNothing = isMessage(left) && !left.files && left.text.trim() === ''
      if (isNothing) drop(isOf(fileId))
      else amend(isOf(fileId), (queued) => withoutFile(queued, fileId))
      return undefined
    },
    startOver: () => become(queue().map((queued) => (isWaiting(queued) ? withFilesAnew(queued) : queued))),
  }
}
