import { StartError, type RunningServer } from '#server'
import type { FailureCode } from './messages'

type Start = (host: string, port: number) => Promise<RunningServer>
type Outcome = { ok: true; server: RunningServer; host: string } | { ok: false; code: FailureCode; cause?: unknown }

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

function failure(error: StartError): Outcome {
  switch (error.code) {
    case 'port_unavailable':
    case 'data_damaged':
    case 'data_newer':
      return { ok: false, code: error.code }
    default:
      return { ok: false, code: 'internal', cause: error }
  }
}
