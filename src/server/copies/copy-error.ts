export type CopyErrorCode = 'not_found' | 'not_a_copy' | 'no_key' | 'unsound' | 'exists' | 'no_data'

/** Why a copy could not be made, checked or put in place; `what` is the path it is about. */
export class CopyError extends Error {
  constructor(
    readonly code: CopyErrorCode,
    readonly what: string,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}
