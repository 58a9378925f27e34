import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'
import type { Tell } from './news'
import type { Outbox } from './outbox'
import { dropHeld, emptyLog, fill, hasGap, openLog, receive, type LogStep, type RoomLog } from './room-log'

/** What is said in one room: the log and the outbox, told so that a message is never on screen twice or nowhere. */
export interface Conversation {
  log: () => RoomLog
  hasGap: () => boolean
  /** Starts from the newest page. Tells nothing. */
  open: (page: readonly Message[], hasOlder: boolean) => void
  fill: (page: readonly Message[], isLast: boolean) => void
  hear: (message: Message) => void
  /** The server's answer to a message of ours. */
  posted: (message: Message) => void
  unplug: () => void
  tellPending: () => void
}

export function createConversation(key: RoomKey, outbox: Outbox, me: () => MemberId, tell: Tell): Conversation {
  let log = emptyLog
  const tellPending = () => tell({ kind: 'pending', key, pending: outbox.list() })
  const ownKeys = (messages: readonly Message[]) =>
    messages.filter(({ author }) => author.memberId === me()).map(({ clientKey }) => clientKey)

  function show(step: LogStep) {
    log = step.log
    if (step.shown.length === 0) return
    tell({ kind: 'messages', key, messages: step.shown })
    if (outbox.settle(ownKeys(step.shown))) tellPending()
  }

  return {
    log: () => log,
    hasGap: () => hasGap(log),
    tellPending,
    open(page, hasOlder) {
      log = openLog(page, hasOlder)
      // What the server has acknowledged is in its history, even if no longer on the newest page.
      outbox.settleAcknowledged()
      outbox.settle(ownKeys(page))
    },
    fill(page, isLast) {
      show(fill(log, page, isLast))
      if (isLast && outbox.settleAcknowledged()) tellPending()
    },
    hear: (message) => show(receive(log, message)),
    posted(message) {
      outbox.acknowledge(message.clientKey)
      show(receive(log, message))
      // Not shown yet when a gap lies before it: then it stays pending until the gap is filled.
      if (message.rev <= log.lastRev && outbox.settle([message.clientKey])) tellPending()
    },
    unplug() {
      log = dropHeld(log)
    },
  }
}
