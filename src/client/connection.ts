import type { ServerUrl } from '#shared/address'
import type { Connection, ClientErrorCode, ClientReply } from '#shared/bridge'
import type { Handshake } from '#shared/protocol/contract'
import type { ErrorCode } from '#shared/protocol/errors'
import { createBackOff } from './back-off'
import type { Link, LinkEnd, OpenLink } from './transport/link'
import { createWaiters } from './waiters'

const handshakeTimeoutMs = 3_000
/** How often a device that calls itself offline is asked again, should its word of the network not reach us. */
const offlineCheckMs = 10_000
/** The longest a server may tell us to stay away. */
const longestWaitMs = 60_000

export interface ConnectionOptions {
  server: ServerUrl
  dial: (server: ServerUrl) => string | undefined
  isOnline: () => boolean
  openLink: OpenLink
  handshake: () => Handshake
  now: () => number
  random: () => number
  onChange: (connection: Connection) => void
  /** Catches up; the connection is `online` when it resolves. */
  onOpen: (link: Link) => Promise<void>
  /** The network moved under an open link: finds out whether it still carries anything. */
  onDoubt: (link: Link) => void
  onAnnouncement: (name: string, payload: unknown) => void
}

export interface ServerConnection {
  current: () => Connection
  /** The link while it is open. */
  link: () => Link | undefined
  whenOpen: (withinMs: number) => Promise<ClientReply<Link>>
  tryNow: () => void
  networkChanged: () => void
  close: () => void
}

/** Keeps one server connected: offline → connecting → resuming → online, or refused. */
export function createConnection(options: ConnectionOptions): ServerConnection {
  const { server, now } = options
  const backOff = createBackOff(options.random)
  const waiters = createWaiters<Link>()
  let connection: Connection = { server, state: 'connecting', since: now() }
  let attempt: Link | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const isOpen = () => connection.state === 'resuming' || connection.state === 'online'

  function become(state: Connection['state'], detail: { retryAt?: number; refusal?: ErrorCode } = {}) {
    const since = state === connection.state ? connection.since : now()
    connection = { server, state, since, ...detail }
    options.onChange(connection)
  }

  function tryNow() {
    clearTimeout(timer)
    if (isClosed || isOpen()) return
    attempt?.close()
    attempt = undefined

    const url = options.dial(server)
    if (url !== undefined && !options.isOnline() && !isLoopback(url)) {
      goOffline()
      return
    }
    become('connecting')
    if (url === undefined) {
      retryLater('offline')
      return
    }
    attempt = connect(url)
  }

  function connect(url: string): Link {
    const { openLink, handshake, onAnnouncement } = options
    const link: Link = openLink({
      url,
      handshake: handshake(),
      timeoutMs: handshakeTimeoutMs,
      onAnnouncement,
      onOpen: () => void resume(link),
      onEnd: (end) => ended(end),
    })
    return link
  }

  async function resume(link: Link) {
    become('resuming')
    const resumed = options.onOpen(link)
    waiters.resolve(link)
    await resumed
    if (attempt !== link || isClosed) return
    backOff.reset()
    become('online')
  }

  function ended(end: LinkEnd) {
    attempt = undefined
    if (end.kind === 'refused' && !isPassing(end.code)) {
      become('refused', { refusal: end.code })
      waiters.reject(end.code)
      return
    }
    if (!options.isOnline() && !isLoopback(options.dial(server) ?? '')) {
      goOffline()
      return
    }
    if (end.kind === 'foreign') waiters.reject('not_a_parlor_server')
    if (end.kind === 'refused') retryLater(end.code, end.retryAfterMs, end.code)
    else retryLater(end.kind === 'silent' ? 'timed_out' : 'offline')
  }

  function goOffline() {
    become('offline')
    waiters.reject('offline')
    timer = setTimeout(tryNow, offlineCheckMs)
  }

  function retryLater(reason: ClientErrorCode, leastMs = 0, refusal?: ErrorCode) {
    const delayMs = Math.max(backOff.nextMs(), Math.min(leastMs, longestWaitMs))
    timer = setTimeout(tryNow, delayMs)
    become('connecting', { retryAt: now() + delayMs, ...(refusal && { refusal }) })
    waiters.failed(reason)
  }

  tryNow()
  return {
    tryNow,
    current: () => connection,
    link: () => (isOpen() ? attempt : undefined),
    async whenOpen(withinMs) {
      if (isOpen() && attempt) return { ok: true, value: attempt }
      const opened = waiters.wait(withinMs)
      if (connection.state !== 'connecting' || connection.retryAt !== undefined) tryNow()
      return opened
    },
    networkChanged() {
      if (!isOpen() || !attempt) {
        tryNow()
        return
      }
      if (options.isOnline()) options.onDoubt(attempt)
      else attempt.drop()
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      attempt?.close()
      attempt = undefined
      waiters.reject('offline')
    },
  }
}

/** Refusals at the door that time alone may lift. */
const isPassing = (code: ErrorCode): boolean =>
  code === 'rate_limited' || code === 'internal' || code === 'storage_full' || code === 'room_full'

/** A server on this computer is reached without any network. */
const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:\d+)?\/?$/.test(url)
