import * as v from 'valibot'
import { commands, type CommandName, type Input, type Output } from '#shared/protocol/contract'
import { Refusal, type ErrorCode, type Reply } from '#shared/protocol/errors'
import { tooLarge } from '#shared/protocol/text'
import type { Caller, Handler, Services } from '../commands/handler'
import { handlers } from '../commands/handlers'

/** The one place where wire input becomes trusted. */
export function readInput<C extends CommandName>(name: C, raw: unknown): Reply<Input<C>> {
  const input = v.safeParse(commands[name].input, raw, { abortEarly: true })
  return input.success ? { ok: true, value: input.output } : invalid(input.issues)
}

/** The one place where exceptions become replies. */
export async function answer<C extends CommandName>(
  name: C,
  input: Input<C>,
  caller: Caller,
  services: Services,
): Promise<Reply<Output<C>>> {
  try {
    const handle = handlers[name] as Handler<C>
    return { ok: true, value: await handle(input, caller, services) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: asToldTo(name, error).toWire() }
    services.report(error, { command: name })
    return refused('internal')
  }
}

export const refused = (code: ErrorCode, field?: string): Reply<never> => ({
  ok: false,
  error: { code, ...(field !== undefined && { field }) },
})

export function invalid([issue]: readonly v.BaseIssue<unknown>[]): Reply<never> {
  const field = issue?.path?.[0]?.key
  const code = issue?.message === tooLarge ? 'too_large' : 'invalid_request'
  return refused(code, typeof field === 'string' ? field : undefined)
}

// Only joining may tell that a room exists: whoever is not in one learns nothing else by asking.
const asToldTo = (name: CommandName, refusal: Refusal): Refusal =>
  refusal.code === 'room_not_found' && name !== 'join_room' ? new Refusal('not_a_member') : refusal
