import type { ServerUrl } from '#shared/address'
import type { ClientError, ClientErrorCode } from '#shared/bridge'
import type { SessionToken } from '#shared/protocol/ids'
import type { Ask } from './ask'
import { createBackOff } from './back-off'
import type { Latch } from './latch'
import { pause } from './pause'
import type { QueuedFile } from './queued'
import type { OpenRoom } from './room'
import type { Spool } from './spool'
import type { Link } from './transport/link'
import type { SendBytes } from './transport/upload'

/** How often a file is tried without any more of it getting through, while the server can be asked. */
const mostTries = 6
/** A server that has just received the last byte of a large file reads it all again before it answers. */
const answerTimeoutMs = 60_000
const shortestWaitMs = 250
const longestWaitMs = 60_000

export interface SendFileOptions {
  ask: Ask
  sendBytes: SendBytes
  read: Spool['read']
  dial: (server: ServerUrl) => string | undefined
  session: (server: ServerUrl) => SessionToken
  random: () => number
}

export interface FileOnItsWay {
  room: OpenRoom
  link: Link
  file: QueuedFile
  /** Set when it is no longer wanted or its link has ended. */
  stop: Latch
  onSent: (bytes: number) => void
}

export type SentFile = { kind: 'stored' | 'stopped' } | { kind: 'failed'; code: ClientErrorCode }
export type SendFile = (sending: FileOnItsWay) => Promise<SentFile>

/** Gets one file to its server. Only the server's own word that it has the file ends this well. */
export function createSendFile({ ask, sendBytes, read, dial, session, random }: SendFileOptions): SendFile {
  async function announce({ room: { roomId }, link, file }: FileOnItsWay): Promise<'stored' | 'wanted' | ClientError> {
    const { fileId, name, size, sha256, looks } = file
    const reply = await ask(link, 'add_file', { roomId, fileId, name, size, sha256, looks }, answerTimeoutMs)
    if (!reply.ok) return reply.error
    return reply.value.isStored ? 'stored' : 'wanted'
  }

  function transfer({ room: { server }, file, stop, onSent }: FileOnItsWay, origin: string) {
    const { fileId, size } = file
    const readHere = (start: number, end: number) => read(fileId, start, end)
    const url = `${origin}/uploads/${fileId}`
    return sendBytes({ url, session: session(server), size, read: readHere, onSent }, stop)
  }

  async function attempt(sending: FileOnItsWay): Promise<'stored' | ClientError> {
    const before = await announce(sending)
    if (before !== 'wanted') return before
    // This computer's own server may be stopping: its name is nobody's on the network.
    const origin = dial(sending.room.server)
    if (origin === undefined) return { code: 'offline' }
    const end = await transfer(sending, origin)
    if (end.kind === 'failed') return end
    if (end.kind === 'unreadable') return { code: 'not_kept' }
    const after = end.kind === 'sent' ? await announce(sending) : 'wanted'
    return after === 'wanted' ? { code: 'internal' } : after
  }

  return async (sending) => {
    const { stop } = sending
    const backOff = createBackOff(random)
    let tries = 0
    let mostSent = 0
    function onSent(bytes: number) {
      if (bytes > mostSent) tries = 0
      mostSent = Math.max(mostSent, bytes)
      sending.onSent(bytes)
    }

    while (!stop.isSet()) {
      const outcome = await attempt({ ...sending, onSent })
      if (stop.isSet()) break
      if (outcome === 'stored') return { kind: 'stored' }
      const { code, retryAfterMs = 0 } = outcome
      if (code !== 'rate_limited' && (!mayPass.has(code) || ++tries >= mostTries)) return { kind: 'failed', code }
      const waitMs = code === 'rate_limited' ? Math.max(retryAfterMs, shortestWaitMs) : backOff.nextMs()
      await pause(Math.min(waitMs, longestWaitMs), stop)
    }
    return { kind: 'stopped' }
  }
}

const mayPass: ReadonlySet<ClientErrorCode> = new Set(['internal', 'timed_out', 'offline'])
