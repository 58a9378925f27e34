import type { ClientErrorCode, PendingMessage, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import type { Saved } from './saved'

/** What was written in one room and is not yet on screen as posted, in the order it was written. */
export interface Outbox {
  list: () => readonly PendingMessage[]
  find: (clientKey: ClientKey) => PendingMessage | undefined
  /** Kept on the device when it returns; throws otherwise. */
  add: (message: PendingMessage) => void
  /** The first that is neither sent nor failed. */
  next: () => PendingMessage | undefined
  /** The server has it. It stays listed until `settle`, so that it is never missing from the screen in between. */
  acknowledge: (clientKey: ClientKey) => void
  /** Takes off the list what is now shown as posted; answers whether anything was. */
  settle: (clientKeys: readonly ClientKey[]) => boolean
  settleAcknowledged: () => boolean
  fail: (clientKey: ClientKey, code: ClientErrorCode) => void
  failAll: (code: ClientErrorCode) => void
  retry: (clientKey: ClientKey) => boolean
  discard: (clientKey: ClientKey) => boolean
}

export function createOutbox(key: RoomKey, saved: Saved, report: (error: unknown) => void): Outbox {
  let messages = saved.pending(key)
  const acknowledged = new Set<ClientKey>()
  const has = (clientKey: ClientKey) => messages.some((message) => message.clientKey === clientKey)

  // A stale entry in storage is sent once more after a restart, where its key makes it harmless.
  function keep(change: (pending: readonly PendingMessage[]) => readonly PendingMessage[]) {
    try {
      saved.changePending(key, change)
    } catch (error) {
      report(error)
    }
  }

  function drop(clientKeys: readonly ClientKey[]): boolean {
    const gone = clientKeys.filter(has)
    if (gone.length === 0) return false
    const stay = ({ clientKey }: PendingMessage) => !gone.includes(clientKey)
    messages = messages.filter(stay)
    if (gone.some((clientKey) => !acknowledged.has(clientKey))) keep((pending) => pending.filter(stay))
    gone.forEach((clientKey) => acknowledged.delete(clientKey))
    return true
  }

  function change(clientKey: ClientKey, to: (message: PendingMessage) => PendingMessage) {
    const apply = (pending: readonly PendingMessage[]) =>
      pending.map((message) => (message.clientKey === clientKey ? to(message) : message))
    messages = apply(messages)
    keep(apply)
  }

  const fail = (clientKey: ClientKey, code: ClientErrorCode) =>
    change(clientKey, (message) => ({ ...message, failed: code }))

  return {
    list: () => messages,
    find: (clientKey) => messages.find((message) => message.clientKey === clientKey),
    add(message) {
      saved.changePending(key, (pending) => [
        ...pending.filter((other) => other.clientKey !== message.clientKey),
        message,
      ])
      messages = [...messages, message]
    },
    next: () => messages.find(({ clientKey, failed }) => failed === undefined && !acknowledged.has(clientKey)),
    acknowledge(clientKey) {
      if (!has(clientKey)) return
      acknowledged.add(clientKey)
      keep((pending) => pending.filter((message) => message.clientKey !== clientKey))
    },
    settle: drop,
    settleAcknowledged: () => drop([...acknowledged]),
    fail,
    failAll: (code) =>
      messages.forEach(({ clientKey, failed }) => {
        if (failed === undefined && !acknowledged.has(clientKey)) fail(clientKey, code)
      }),
    retry(clientKey) {
      if (!messages.some((message) => message.clientKey === clientKey && message.failed !== undefined)) return false
      change(clientKey, ({ failed: _, ...message }) => message)
      return true
    },
    discard: (clientKey) => drop([clientKey]),
  }
}
