import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import * as v from 'valibot'
import type { CallName, ClientError, ClientReply, PlatformCalls } from '#shared/bridge'
import { tooLarge } from '#shared/protocol/text'
import { callChannel } from './channels'
import { inputs } from './inputs'
import { isOwnInterface } from './sender'

/** The calls as main answers them. */
export type DesktopCalls = {
  readonly [C in CallName]: (
    ...args: Parameters<PlatformCalls[C]>
  ) => ClientReply<ReturnType<PlatformCalls[C]>> | Promise<ClientReply<ReturnType<PlatformCalls[C]>>>
}

const refused = (error: ClientError): ClientReply<never> => ({ ok: false, error })

/** The one place where the renderer's words are checked and where exceptions become replies. */
export function answerCalls(ipc: Pick<IpcMain, 'handle'>, calls: DesktopCalls, report: (error: unknown) => void): void {
  for (const name of Object.keys(inputs) as CallName[]) {
    ipc.handle(callChannel(name), (event, ...args) => answer(name, calls[name], event, args, report))
  }
}

async function answer<C extends CallName>(
  name: C,
  call: DesktopCalls[C],
  event: IpcMainInvokeEvent,
  args: readonly unknown[],
  report: (error: unknown) => void,
): Promise<ClientReply<unknown>> {
  try {
    if (!isOwnInterface(event)) return refused({ code: 'forbidden' })
    const input = v.safeParse(inputs[name], args[0], { abortEarly: true })
    if (args.length !== 1 || !input.success) return refused(inputError(input.issues))
    return await (call as (input: unknown) => Promise<ClientReply<unknown>>)(input.output)
  } catch (error) {
    report(error)
    return refused({ code: 'internal' })
  }
}

function inputError(issues: readonly v.BaseIssue<unknown>[] | undefined): ClientError {
  const [issue] = issues ?? []
  const field = issue?.path?.[0]?.key
  const code = issue?.message === tooLarge ? 'too_large' : 'invalid_request'
  return typeof field === 'string' ? { code, field } : { code }
}
