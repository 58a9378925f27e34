import type { ClientErrorCode, MessageChange, PendingChange, PendingMessage, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { ClientKey, FileId } from '#shared/protocol/ids'
import { coalesce } from './coalesce'
import { newKey } from './new-key'
import { createOtherTabs } from './other-tabs'
import { createOutboxFiles, type OutboxFiles } from './outbox-files'
import { isChange, isMessage, shownChange, shownMessage, type Queued, type QueuedMessage } from './queued'
import { filesOf, isWhole, messageWith, withFilesAnew } from './queued-files'
import type { Saved } from './saved'

/** What was written and changed in one room and is not yet on screen as the server has it, in order. */
export interface Outbox {
  /** The same list until something in it changes. */
  messages: () => readonly PendingMessage[]
  changes: () => readonly PendingChange[]
  isEmpty: () => boolean
  find: (clientKey: ClientKey) => Queued | undefined
  /** Kept on the device when it returns; throws otherwise, as do `edit` and `addChange`. */
  add: (message: QueuedMessage) => void
  /** Edits a message that is not posted yet, or changes it as soon as it is. Answers whether there is one. */
  edit: (clientKey: ClientKey, text: string) => boolean
  /** Answers what makes the change impossible, if anything does. */
  addChange: (seq: number, change: MessageChange) => 'conflict' | undefined
  /** The first that is neither sent nor failed, and whose files the server has. */
  next: () => Queued | undefined
  /** It is being asked for, until what is returned is called. */
  ask: (clientKey: ClientKey) => () => void
  /** The server has it. It stays listed until it is settled, so that it is never missing from the screen in between. */
  acknowledge: (clientKey: ClientKey, message: Message) => void
  /** Takes off the list the messages that are now shown as posted. */
  settle: (posted: readonly Message[]) => void
  settleAcknowledged: (upToRev?: number) => void
  fail: (clientKey: ClientKey, code: ClientErrorCode) => void
  failAll: (code: ClientErrorCode) => void
  /** Only what has failed is tried again. */
  retry: (which: Which) => void
  discard: (which: Which) => void
  /** Takes over what other tabs of this browser did to it since. */
  refresh: () => void
  readonly files: OutboxFiles
}

export interface OutboxOptions {
  saved: Saved
  /** Their bytes are no longer needed. */
  forgetFiles: (fileIds: readonly FileId[]) => void
  report: (error: unknown) => void
}

type Which = (queued: Queued) => boolean
type Change = (queue: readonly Queued[]) => readonly Queued[]

const mostEarlierTexts = 5

export function createOutbox(key: RoomKey, { saved, forgetFiles, report }: OutboxOptions): Outbox {
  let queue: readonly Queued[] = []
  let messages: readonly PendingMessage[] = []
  let changes: readonly PendingChange[] = []
  const asked = new Set<ClientKey>()
  const inFlight = new Set<ClientKey>()
  const acknowledged = new Map<ClientKey, Message>()
  const find = (clientKey: ClientKey) => queue.find((queued) => queued.clientKey === clientKey)
  const isWaiting = ({ clientKey, failed }: Queued) => failed === undefined && !acknowledged.has(clientKey)

  function become(next: readonly Queued[]) {
    const before = queue
    queue = next
    if (!isSameList(before.filter(isMessage), next.filter(isMessage)))
      messages = next.filter(isMessage).map(shownMessage)
    if (!isSameList(before.filter(isChange), next.filter(isChange))) changes = next.filter(isChange).map(shownChange)
    const gone = filesOf(before).filter(({ fileId }) => !messageWith(next, fileId))
    if (gone.length > 0) forgetFiles(gone.map(({ fileId }) => fileId))
  }

  const otherTabs = createOtherTabs(key, saved)

  function refresh() {
    const now = otherTabs.applied(queue)
    if (isSameList(now, queue)) return
    become(now)
    otherTabs.note()
  }

  function write(change: Change) {
    refresh()
    saved.changePending(key, change)
    otherTabs.note()
  }

  function keep(change: Change) {
    write(change)
    become(change(queue))
  }

  // A stale entry in storage is sent once more after a restart, where it is harmless.
  function keepIfPossible(change: Change) {
    try {
      write(change)
    } catch (error) {
      report(error)
    }
  }

  function amend(which: Which, to: (queued: Queued) => Queued) {
    if (!queue.some(which)) return
    const change: Change = (all) => all.map((queued) => (which(queued) ? to(queued) : queued))
    keepIfPossible(change)
    become(change(queue))
  }

  function drop(which: Which) {
    const gone = queue.filter(which)
    if (gone.some(({ clientKey }) => !acknowledged.has(clientKey))) keepIfPossible(without(gone))
    become(without(gone)(queue))
    for (const { clientKey } of gone) for (const known of [acknowledged, asked, inFlight]) known.delete(clientKey)
  }

  /** The queue with one more change in it, or what stands against that. */
  function withChange(seq: number, change: MessageChange): Change | 'conflict' {
    const coalesced = coalesce(queue.filter(isChange), seq, change, {
      isFixed: ({ clientKey }) => inFlight.has(clientKey) || acknowledged.has(clientKey),
      isUnasked: ({ clientKey }) => !asked.has(clientKey),
    })
    if (coalesced === 'conflict') return coalesced
    const clientKey = newKey()
    // Whatever replaces what may have arrived stands in for it: its opposite is needed too.
    if (coalesced.superseded.some((queued) => asked.has(queued.clientKey))) asked.add(clientKey)
    const more = coalesced.isNeeded ? [{ clientKey, seq, change }] : []
    return (all) => [...without(coalesced.superseded)(all), ...more]
  }

  function addChange(seq: number, change: MessageChange): 'conflict' | undefined {
    const changed = withChange(seq, change)
    if (changed === 'conflict') return changed
    keep(changed)
    return undefined
  }

  function acknowledge(clientKey: ClientKey, message: Message) {
    const queued = find(clientKey)
    if (!queued || acknowledged.has(clientKey)) return
    acknowledged.set(clientKey, message)
    const edit = isMessage(queued) ? editLeft(queued, message) : undefined
    const changed = edit && withChange(message.seq, edit)
    const follow: Change = changed && changed !== 'conflict' ? changed : (all) => all
    keepIfPossible((all) => follow(without([queued])(all)))
    become(follow(queue))
  }

  become(saved.pending(key))
  otherTabs.note()
  // Whether what the last run asked for has ever arrived is not known.
  queue.forEach(({ clientKey }) => asked.add(clientKey))

  const retryable = (which: Which) => (queued: Queued) => queued.failed !== undefined && which(queued)
  const fail = (which: Which, failed: ClientErrorCode) =>
    amend(which, (queued) => ({ ...withFilesAnew(queued), failed }))

  return {
    messages: () => messages,
    changes: () => changes,
    isEmpty: () => queue.length === 0,
    find,
    add: (message) => keep((all) => [...without([message])(all), message]),
    addChange,
    edit(clientKey, text) {
      const message = find(clientKey)
      if (!message || isChange(message)) return false
      // What is posted cannot be edited to nothing.
      if (text.trim() === '' && (!message.files || asked.has(clientKey))) return false
      const posted = acknowledged.get(clientKey)
      if (posted && addChange(posted.seq, { kind: 'edit', text }) !== undefined) return false
      const edited = withText(message, text, asked.has(clientKey))
      keep((all) => all.map((queued) => (queued.clientKey === clientKey ? edited : queued)))
      return true
    },
    next() {
      refresh()
      return queue.find((queued) => isWaiting(queued) && isWhole(queued))
    },
    refresh,
    ask(clientKey) {
      asked.add(clientKey)
      inFlight.add(clientKey)
      return () => void inFlight.delete(clientKey)
    },
    acknowledge,
    settle(posted) {
      posted.forEach((message) => acknowledge(message.clientKey, message))
      drop(({ clientKey }) => posted.some((message) => message.clientKey === clientKey))
    },
    settleAcknowledged: (upToRev = Infinity) =>
      drop(({ clientKey }) => (acknowledged.get(clientKey)?.rev ?? Infinity) <= upToRev && acknowledged.has(clientKey)),
    fail: (clientKey, code) => fail((queued) => queued.clientKey === clientKey, code),
    failAll: (code) => fail(isWaiting, code),
    retry: (which) => amend(retryable(which), ({ failed: _, ...queued }) => withFilesAnew(queued)),
    discard: drop,
    files: createOutboxFiles({
      queue: () => queue,
      isWaiting,
      isAsked: ({ clientKey }) => inFlight.has(clientKey) || acknowledged.has(clientKey),
      become,
      amend,
      drop,
    }),
  }
}

const without =
  (gone: readonly { clientKey: ClientKey }[]) =>
  (queue: readonly Queued[]): readonly Queued[] =>
    queue.filter(({ clientKey }) => !gone.some((other) => other.clientKey === clientKey))

const isSameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((one, place) => one === b[place])

function withText({ failed: _, ...message }: QueuedMessage, text: string, mayBePosted: boolean): QueuedMessage {
  if (!mayBePosted) return { ...message, text }
  const earlierTexts = [message.text, ...(message.earlierTexts ?? [])].filter((earlier) => earlier !== text)
  return { ...message, text, earlierTexts: [...new Set(earlierTexts)].slice(0, mostEarlierTexts) }
}

/** What an edit made while the message was on its way still asks of it. */
const editLeft = ({ text, earlierTexts }: QueuedMessage, posted: Message): MessageChange | undefined =>
  earlierTexts && posted.text !== text && posted.deletedAt === undefined ? { kind: 'edit', text } : undefined
