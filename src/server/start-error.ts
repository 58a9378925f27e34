export const startErrorCodes = [
  'port_unavailable',
  'address_unavailable',
  'data_damaged',
  'data_newer',
  'data_unwritable',
  'data_in_use',
] as const
export type StartErrorCode = (typeof startErrorCodes)[number]

/** Why a server could not start; `code` is all a caller should act on. */
export class StartError extends Error {
  constructor(
    readonly code: StartErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}
