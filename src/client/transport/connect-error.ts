import * as v from 'valibot'
import { WireError } from '#shared/protocol/errors'
import type { LinkEnd } from './link'

/** Answers to the upgrade request that a Parlor server gives to people it does not want, or not now. */
const turnedAway: Readonly<Record<string, LinkEnd>> = {
  401: { kind: 'refused', code: 'forbidden' },
  403: { kind: 'refused', code: 'forbidden' },
  421: { kind: 'refused', code: 'forbidden' },
  429: { kind: 'refused', code: 'rate_limited' },
  502: { kind: 'unreachable' },
  503: { kind: 'unreachable' },
  504: { kind: 'unreachable' },
}

const Refused = v.object({ data: WireError })
/** A refusal in words that only a later Parlor knows. */
const RefusedOtherwise = v.object({ data: v.object({ code: v.string() }) })
/** How engine.io-client passes on what `ws` said; a browser says nothing. */
const Described = v.object({ description: v.object({ message: v.string() }) })
const Told = v.object({ message: v.string() })

/** What a failed handshake means. */
export function readConnectError(error: unknown): LinkEnd {
  const refused = v.safeParse(Refused, error)
  if (refused.success) {
    const { code, retryAfterMs } = refused.output.data
    return { kind: 'refused', code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }

  if (v.is(RefusedOtherwise, error)) return { kind: 'refused', code: 'unsupported_version' }

  const told = v.safeParse(Told, error)
  if (told.success && told.output.message === 'timeout') return { kind: 'silent' }

  const described = v.safeParse(Described, error)
  const said = described.success ? described.output.description.message : ''
  const status = /^Unexpected server response: (\d{3})$/.exec(said)?.[1]
  if (status) return turnedAway[status] ?? { kind: 'foreign' }
  return /^(Parse Error|Invalid |Missing )/.test(said) ? { kind: 'foreign' } : { kind: 'unreachable' }
}
