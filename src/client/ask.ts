import * as v from 'valibot'
import type { ClientReply } from '#shared/bridge'
import { commands, type CommandName, type Input, type Output } from '#shared/protocol/contract'
import { WireError } from '#shared/protocol/errors'
import { ContractBreach } from './breach'
import { isBounded } from './bounds'
import type { Link } from './transport/link'

const answerTimeoutMs = 8_000
/** A server may make strangers wait while somebody guesses its codes. */
export const strangerTimeoutMs = 35_000

/** Asks over one link. `offline` and `timed_out` mean the outcome is unknown; silence also ends the link. */
export type Ask = <C extends CommandName>(
  link: Link,
  command: C,
  input: Input<C>,
  timeoutMs?: number,
) => Promise<ClientReply<Output<C>>>

export function createAsk(report: (error: unknown) => void): Ask {
  return async (link, command, input, timeoutMs = answerTimeoutMs) => {
    const heard = await link.ask(command, input, timeoutMs)
    if (heard.kind === 'lost') return { ok: false, error: { code: 'offline' } }
    if (heard.kind === 'silent') {
      link.drop()
      return { ok: false, error: { code: 'timed_out' } }
    }

    const reply = readReply(command, heard.raw)
    if (reply) return reply
    report(new ContractBreach(`reply to ${command}`))
    // Trying again would bring the same answer.
    return { ok: false, error: { code: 'unsupported_version' } }
  }
}

const Answered = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.unknown() }),
  v.object({ ok: v.literal(false), error: WireError }),
])

function readReply<C extends CommandName>(command: C, raw: unknown): ClientReply<Output<C>> | undefined {
  const answered = v.safeParse(Answered, raw)
  if (!answered.success) return undefined
  if (!answered.output.ok) return { ok: false, error: plainError(answered.output.error) }

  const value = v.safeParse(commands[command].output, answered.output.value)
  // The schema of `command` and its type come from one row of the contract.
  return value.success && isBounded(value.output) ? { ok: true, value: value.output } : undefined
}

const plainError = ({ code, field, retryAfterMs }: WireError) => ({
  code,
  ...(field !== undefined && { field }),
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})
