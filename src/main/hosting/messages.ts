import * as v from 'valibot'

/** What main may tell the server process. */
export type ToServer = { kind: 'start'; options: HostedOptions } | { kind: 'stop' }

export interface HostedOptions {
  /** Tried in turn, each with every port: `::` takes IPv4 too where the system allows it. */
  hosts: readonly string[]
  /** Tried in turn until one is free. */
  ports: readonly number[]
  dataDir: string
  webDir: string
  names: readonly string[]
  /** The backup to put in place first. */
  copy?: string
}

export const failureCodes = [
  'port_unavailable',
  'data_damaged',
  'data_newer',
  'data_in_use',
  'data_full',
  'data_forbidden',
  'data_foreign',
  'internal',
] as const
export type FailureCode = (typeof failureCodes)[number]

const Port = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(65_535))
const Copy = v.strictObject({ name: v.pipe(v.string(), v.maxLength(100)), madeAt: v.pipe(v.number(), v.safeInteger()) })
const Word = v.pipe(v.string(), v.maxLength(2_000))

/** All the server process may tell main: the one path from the network towards main, so its shape is fixed. */
export const FromServer = v.variant('kind', [
  v.strictObject({ kind: v.literal('started'), host: Word, port: Port }),
  v.strictObject({
    kind: v.literal('failed'),
    code: v.picklist(failureCodes),
    copies: v.exactOptional(v.pipe(v.array(Copy), v.maxLength(20))),
  }),
  v.strictObject({ kind: v.literal('reported'), name: Word, code: Word, stack: Word }),
  v.strictObject({ kind: v.literal('noted'), event: Word, reason: Word, times: v.pipe(v.number(), v.safeInteger()) }),
])
export type FromServer = v.InferOutput<typeof FromServer>
