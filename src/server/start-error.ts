export const startErrorCodes = [
  'port_unavailable',
  'address_unavailable',
  'data_damaged',
  'data_newer',
  'data_in_use',
  'data_not_a_folder',
  'data_foreign',
  'data_blocked',
  'data_forbidden',
  'data_read_only',
  'data_full',
  'data_unwritable',
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
