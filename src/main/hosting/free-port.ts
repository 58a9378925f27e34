import { StartError, type RunningServer, type StartErrorCode } from '#server'
import type { FailureCode } from './messages'

type Start = (host: string, port: number) => Promise<RunningServer>
export type Failure = { ok: false; code: FailureCode; cause?: unknown }
type Outcome = { ok: true; server: RunningServer; host: string } | Failure

/** Starts on the first port that is free, on the first of `hosts` that this computer has. */
export async function startOnFreePort(
  hosts: readonly string[],
  ports: readonly number[],
  start: Start,
): Promise<Outcome> {
  let last: Outcome = { ok: false, code: 'port_unavailable' }
  for (const port of ports) {
    for (const host of hosts) {
      try {
        return { ok: true, server: await start(host, port), host }
      } catch (error) {
        if (!(error instanceof StartError)) return { ok: false, code: 'internal', cause: error }
        last = failure(error)
        if (error.code === 'port_unavailable') break
        if (error.code !== 'address_unavailable') return last
      }
    }
  }
  return last
}

const codes: Readonly<Record<StartErrorCode, FailureCode>> = {
  port_unavailable: 'port_unavailable',
  address_unavailable: 'internal',
  data_damaged: 'data_damaged',
  data_newer: 'data_newer',
  data_in_use: 'data_in_use',
  data_full: 'data_full',
  data_forbidden: 'data_forbidden',
  data_read_only: 'data_forbidden',
  data_unwritable: 'data_forbidden',
  data_foreign: 'data_foreign',
  data_blocked: 'data_foreign',
  data_not_a_folder: 'data_foreign',
}

export function failure(error: StartError): Failure {
  const code = codes[error.code]
  return code === 'internal' ? { ok: false, code, cause: error } : { ok: false, code }
}
