import { ownServer } from '#shared/address'
import type { Connection, Hosting } from '#shared/bridge'
import { connectionWords } from './text/connection'
import { doorErrorWords, hostingFailureWords } from './text/errors'

export interface ConnectionNotice {
  text: string
  /** What a screen reader says: without the seconds, which change all the time. */
  spoken: string
  canRetry: boolean
}

const hostGoneAfterMs = 15_000
/** Nobody waits longer: a clock that was set back meanwhile must not say hours. */
const longestWaitMs = 60_000

/** The one calm line about a connection that is not what it should be; undefined when all is well. */
export function connectionNotice(
  connection: Connection | undefined,
  hosting: Hosting,
  { now, wasReady }: { now: number; wasReady: boolean },
): ConnectionNotice | undefined {
  if (!connection || connection.state === 'online') return undefined
  if (connection.server === ownServer && hosting.state !== 'running') return hostingNotice(hosting)

  const { state, retryAt, refusal } = connection
  if (state === 'offline') return notice(connectionWords.offline, true)
  if (state === 'resuming') return notice(connectionWords.resuming, false)
  if (state === 'refused') return notice(doorErrorWords[refusal ?? 'internal'], true)

  const isWaiting = retryAt !== undefined && retryAt > now
  if (refusal === 'rate_limited') return notice(connectionWords.crowded, isWaiting)
  if (now - connection.since > hostGoneAfterMs) return notice(connectionWords.hostGone, isWaiting)
  const spoken = wasReady ? connectionWords.connecting : connectionWords.connectingFirst
  if (!isWaiting) return notice(spoken, false)
  return {
    text: connectionWords.retryIn(Math.ceil(Math.min(retryAt - now, longestWaitMs) / 1_000)),
    spoken,
    canRetry: true,
  }
}

const notice = (text: string, canRetry: boolean): ConnectionNotice => ({ text, spoken: text, canRetry })

function hostingNotice(hosting: Exclude<Hosting, { state: 'running' }>): ConnectionNotice {
  if (hosting.state === 'failed') return notice(hostingFailureWords[hosting.reason], true)
  return notice(connectionWords[hosting.state], hosting.state === 'stopped')
}
