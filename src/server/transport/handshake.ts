import * as v from 'valibot'
import { Handshake, protocolVersion } from '#shared/protocol/contract'
import type { WireError } from '#shared/protocol/errors'
import { invalid } from './answer'

/** What a client hears as `connect_error`: the code is in `data`. */
export class HandshakeRefusal extends Error {
  constructor(readonly data: WireError) {
    super(data.code)
  }
}

/** Reads the handshake's `auth`; the version comes first, for a later protocol may look different in all else. */
export function readHandshake(auth: unknown): Handshake {
  const spoken: unknown = Object(auth)
  if ((spoken as { protocol?: unknown }).protocol !== protocolVersion)
    throw new HandshakeRefusal({ code: 'unsupported_version' })
  const handshake = v.safeParse(Handshake, auth)
  if (handshake.success) return handshake.output
  const reply = invalid(handshake.issues)
  throw new HandshakeRefusal(reply.ok ? { code: 'internal' } : reply.error)
}
