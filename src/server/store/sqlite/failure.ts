import { Refusal, type ErrorCode } from '#shared/protocol/errors'
import { resultCode, resultCodes } from './database'

/** A thrown thing, as it crosses between threads. */
export type Failure =
  | { refusal: { code: ErrorCode; detail: Refusal['detail'] } }
  | { fault: { message: string; stack?: string | undefined } }

export type Outcome = { ok: true; value: unknown } | { ok: false; failure: Failure }

export const storageFull: Outcome = { ok: false, failure: { refusal: { code: 'storage_full', detail: {} } } }

export function failed(error: unknown): Outcome {
  if (error instanceof Refusal) return { ok: false, failure: { refusal: { code: error.code, detail: error.detail } } }
  if (isStorageFailure(error)) return storageFull
  if (error instanceof Error) return { ok: false, failure: { fault: { message: error.message, stack: error.stack } } }
  return { ok: false, failure: { fault: { message: String(error) } } }
}

/** The disk is full or fails: not a bug, and over when there is room again. */
export function isStorageFailure(error: unknown): boolean {
  const code = resultCode(error)
  return code === resultCodes.full || code === resultCodes.ioError
}

/** What the one operation of a batch was answered. */
export function valueOf([outcome]: readonly Outcome[]): unknown {
  if (!outcome?.ok) throw outcome ? thrownAgain(outcome.failure) : new Error('an operation got no answer')
  return outcome.value
}

export function thrownAgain(failure: Failure): Error {
  if ('refusal' in failure) return new Refusal(failure.refusal.code, failure.refusal.detail)
  const error = new Error(failure.fault.message)
  if (failure.fault.stack !== undefined) error.stack = failure.fault.stack
  return error
}
