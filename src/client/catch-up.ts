import type { ClientError, RoomGoneReason } from '#shared/bridge'
import { strangerTimeoutMs, type Ask } from './ask'
import { createBackOff } from './back-off'
import { ContractBreach } from './breach'
import { pause } from './pause'
import type { OpenRoom } from './room'
import type { Sessions } from './sessions'
import { createTurns } from './turns'
import type { Link } from './transport/link'

/** Pages of one catch-up before the newest page is taken instead. */
const mostPages = 200
/** A gap that opens again this often at once is not bad luck; from then on there are pauses. */
const gapsBeforePausing = 10
const longestWaitMs = 60_000

export interface CatchUpOptions {
  ask: Ask
  sessions: Sessions
  /** Another tab is no longer in it. */
  isForgotten: (room: OpenRoom) => boolean
  random: () => number
  onEntered: (room: OpenRoom, link: Link) => void
  onGone: (room: OpenRoom, reason: RoomGoneReason) => void
  report: (error: unknown) => void
}

export interface CatchUp {
  /** Asks until nothing is missing; resolves with the server's first answer. A run under way is not doubled. */
  run: (room: OpenRoom, link: Link) => Promise<void>
}

type Outcome = { kind: 'level' } | { kind: 'gone'; reason: RoomGoneReason } | { kind: 'later'; afterMs: number }

/** Brings rooms level with their server: after every connection, and whenever a gap shows. */
export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { ask, sessions, isForgotten, random, onEntered, onGone, report } = options
  const running = new Map<OpenRoom, { link: Link; answered: Promise<void> }>()
  const inTurn = createTurns<Link>()

  function run(room: OpenRoom, link: Link): Promise<void> {
    const current = running.get(room)
    if (current?.link === link) return current.answered

    const answered = new Promise<void>((resolve) => {
      untilLevel(room, link, resolve)
        .catch(report)
        .finally(() => {
          if (running.get(room)?.link === link) running.delete(room)
          resolve()
        })
    })
    running.set(room, { link, answered })
    return answered
  }

  async function untilLevel(room: OpenRoom, link: Link, answered: () => void) {
    const backOff = createBackOff(random, { firstMs: 1_000 })
    const isOver = () => link.ended.isSet() || room.isRetired()
    for (let rounds = 1; !isOver(); rounds++) {
      room.beginEntry()
      const outcome = await readPages(room, link)
      if (isOver()) return
      answered()
      if (outcome.kind === 'gone') {
        onGone(room, outcome.reason)
        return
      }
      if (outcome.kind === 'later') {
        await pause(Math.max(backOff.nextMs(), Math.min(outcome.afterMs, longestWaitMs)), link.ended)
        continue
      }
      const reason = room.endEntry()
      if (reason) {
        onGone(room, reason)
        return
      }
      onEntered(room, link)
      if (!room.isBehind()) return
      if (rounds > gapsBeforePausing) await pause(backOff.nextMs(), link.ended)
    }
  }

  async function readPages(room: OpenRoom, link: Link): Promise<Outcome> {
    for (let page = 1; page <= mostPages; page++) {
      const since = room.since()
      const reply = await enter(room, link, since)
      if (!reply.ok) return afterRefusal(reply.error)
      if (room.isRetired() || !room.enter(reply.value, since)) return { kind: 'level' }
      if (room.since() === since) {
        report(new ContractBreach('join_room says there is more and does not send it'))
        break
      }
    }
    const newest = await enter(room, link, undefined)
    if (!newest.ok) return afterRefusal(newest.error)
    if (!room.isRetired()) room.enter(newest.value, undefined)
    return { kind: 'level' }
  }

  async function enter(room: OpenRoom, link: Link, since: number | undefined) {
    const { server, roomId } = room
    const wanted = { roomId, ...(since !== undefined && { since }) }
    const reply = await ask(link, 'join_room', { ...wanted, session: sessions.of(server) })
    // The server's database was replaced or this session revoked: the same person asks again by name. One room after
    // the other, so that the first makes them known and the others find them.
    const isStranger = !reply.ok && meansStranger.has(reply.error.code)
    // Whoever left in another tab does not come back with this one.
    if (isStranger && isForgotten(room)) return { ok: false, error: { code: 'not_a_member' } } as const
    const known = isStranger
      ? await inTurn(link, () =>
          ask(link, 'join_room', { ...wanted, name: room.snapshot().you.name }, strangerTimeoutMs),
        )
      : reply
    if (known.ok) sessions.keep(server, known.value.session)
    return known
  }

  return { run }
}

const meansStranger: ReadonlySet<string> = new Set(['name_invalid', 'invalid_request', 'not_a_member'])

/** A name that somebody else has by now is not changed behind a person's back: they choose another when they rejoin. */
const meansGone: ReadonlySet<string> = new Set([
  'not_a_member',
  'forbidden',
  'banned',
  // Of members' places nobody is refused theirs: it was given to somebody else.
  'room_full',
  'wrong_password',
  'name_taken',
  'name_invalid',
])

function afterRefusal({ code, retryAfterMs = 0 }: ClientError): Outcome {
  if (code === 'room_not_found') return { kind: 'gone', reason: 'not_found' }
  if (meansGone.has(code)) return { kind: 'gone', reason: 'not_a_member' }
  return { kind: 'later', afterMs: retryAfterMs }
}
