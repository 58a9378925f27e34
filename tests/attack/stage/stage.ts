import type { Socket } from 'node:net'
import type { MemberId, SessionToken } from '#shared/protocol/ids'
import type { RawSocket } from '../../support/raw-socket'

/** What an attack has to work with. */
export interface Stage {
  readonly url: string
  readonly port: number
  /** The room of the honest people. */
  readonly roomId: string
  readonly isShort: boolean
  /** For how long an attack without an end of its own goes on. */
  readonly lastsMs: number
  /** An address of this computer that nobody had before. */
  address: () => string
  /** A connection that has said nothing yet; a reset is no error. */
  tcp: (from: string) => Promise<Socket>
  /** A Socket.IO connection that has said hello and no more. */
  visitor: (from: string, session?: string) => Promise<RawSocket>
  /** Somebody in a room: the honest people's unless another is named. */
  member: (name: string, options?: { from?: string; roomId?: string; session?: string }) => Promise<Intruder>
  /** Somebody in a room of their own. */
  host: (name: string, options?: { from?: string }) => Promise<Intruder>
  /** Does it every so many milliseconds for as long as the attack lasts. */
  keepOn: (act: () => unknown, everyMs: number) => Promise<void>
  /** A promise of the server that the attack itself finds broken. */
  mustHold: (isKept: boolean, words: string) => void
  /** Bytes that the server has printed so far. */
  printedBytes: () => number
  /** What it did until now was to make ready: it is not counted as what honest people met with. */
  isReady: () => Promise<void>
  /** Ends all that the attack has open. */
  letGo: () => void
}

/** An attacker's connection in a room. */
export interface Intruder {
  readonly from: string
  readonly roomId: string
  readonly memberId: MemberId
  readonly session: SessionToken
  readonly socket: RawSocket
  /** Asks and waits for the answer. */
  ask: (name: string, input: object) => Promise<{ ok: boolean; value?: unknown; error?: { code: string } }>
  /** Asks and does not wait. */
  fire: (name: string, input: object) => void
}
