import type { Refusal } from '#shared/protocol/errors'

/** The code of a refusal, or `ok`. */
export const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'ok',
    (error: unknown) => (error as Refusal).code,
  )
