import * as v from 'valibot'

/** Every code a server may answer with. No sentence crosses the wire: the renderer owns the words. */
export const errorCodes = [
  'invalid_request',
  'room_not_found',
  'name_invalid',
  'name_taken',
  'not_a_member',
  'wrong_password',
  'room_full',
  'banned',
  'forbidden',
  'rate_limited',
  'too_large',
  'conflict',
  'storage_full',
  'unsupported_version',
  'internal',
] as const
export const ErrorCode = v.picklist(errorCodes)
export type ErrorCode = v.InferOutput<typeof ErrorCode>

/** `field` names the input at fault; `retryAfterMs` says when asking again may succeed. */
export const WireError = v.object({
  code: ErrorCode,
  field: v.optional(v.string()),
  retryAfterMs: v.optional(v.pipe(v.number(), v.minValue(0))),
})
export type WireError = v.InferOutput<typeof WireError>

export type Reply<Value, Error = WireError> = { ok: true; value: Value } | { ok: false; error: Error }

/** Thrown to refuse a command; `toWire` is all a caller learns. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: { field?: string; retryAfterMs?: number } = {},
  ) {
    super(code)
  }

  toWire(): WireError {
    return { code: this.code, ...this.detail }
  }
}
