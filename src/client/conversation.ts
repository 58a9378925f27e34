import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { ClientKey, MemberId } from '#shared/protocol/ids'
import type { Tell } from './news'
import type { Outbox } from './outbox'
import { dropHeld, emptyLog, fill, hasGap, openLog, receive, type LogStep, type RoomLog } from './room-log'

/** What is said in one room: the log and the outbox, told so that nothing is ever on screen twice or nowhere. */
export interface Conversation {
  log: () => RoomLog
  hasGap: () => boolean
  /** Starts from the newest page. Tells nothing. */
  open: (page: readonly Message[], hasOlder: boolean) => void
  fill: (page: readonly Message[], isLast: boolean) => void
  hear: (message: Message) => void
  /** The server's answer to what was queued under this key: the message as it is there now. */
  answered: (clientKey: ClientKey, message: Message) => void
  unplug: () => void
  /** Tells what waits in the outbox, if that has changed since it was told. */
  tellPending: () => void
}

export function createConversation(key: RoomKey, outbox: Outbox, me: () => MemberId, tell: Tell): Conversation {
  let log = emptyLog
  let told = { pending: outbox.messages(), pendingChanges: outbox.changes() }
  const own = (messages: readonly Message[]) => messages.filter(({ author }) => author.memberId === me())

  function tellPending() {
    const { pending, pendingChanges } = told
    told = { pending: outbox.messages(), pendingChanges: outbox.changes() }
    if (told.pending !== pending) tell({ kind: 'pending', key, pending: told.pending })
    if (told.pendingChanges !== pendingChanges)
      tell({ kind: 'pending_changes', key, pendingChanges: told.pendingChanges })
  }

  /** What is queued leaves the screen in the same news as what the server made of it enters. */
  function show(step: LogStep) {
    log = step.log
    if (step.shown.length > 0) tell({ kind: 'messages', key, messages: step.shown })
    outbox.settle(own(step.shown))
    outbox.settleAcknowledged(log.lastRev)
    tellPending()
  }

  return {
    log: () => log,
    hasGap: () => hasGap(log),
    tellPending,
    open(page, hasOlder) {
      log = openLog(page, hasOlder)
      // What the server has acknowledged is in its history, even if no longer on the newest page.
      outbox.settleAcknowledged()
      outbox.settle(own(page))
    },
    fill(page, isLast) {
      show(fill(log, page, isLast))
      if (!isLast) return
      outbox.settleAcknowledged()
      tellPending()
    },
    hear: (message) => show(receive(log, message)),
    answered(clientKey, message) {
      outbox.acknowledge(clientKey, message)
      // Ahead of a gap it is not shown yet: then it stays pending until the gap is filled.
      const step = receive(log, message)
      show(step.shown.length === 0 && isBelow(log, message) ? { ...step, shown: [message] } : step)
    },
    unplug() {
      log = dropHeld(log)
    },
  }
}

/** The log no longer keeps it, but somebody may have scrolled there. */
const isBelow = ({ messages, lastRev }: RoomLog, { seq, rev }: Message) =>
  rev <= lastRev && seq < (messages[0]?.seq ?? 0)
