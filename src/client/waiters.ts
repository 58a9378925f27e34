import type { ClientErrorCode, ClientReply } from '#shared/bridge'

/** So many attempts in a row that found nobody are an answer; the rest of the time would only keep a person waiting. */
const enoughAttempts = 3

export interface Waiters<Value> {
  wait: (withinMs: number) => Promise<ClientReply<Value>>
  resolve: (value: Value) => void
  /** One attempt has failed; the reason is the answer when there is no better one in time. */
  failed: (reason: ClientErrorCode) => void
  reject: (code: ClientErrorCode) => void
}

/** Those who wait for something to open, each with an end to their patience. */
export function createWaiters<Value>(): Waiters<Value> {
  interface Waiter {
    settle: (reply: ClientReply<Value>) => void
    failures: number
    reason: ClientErrorCode
  }
  const waiting = new Set<Waiter>()
  const rejected = (code: ClientErrorCode): ClientReply<Value> => ({ ok: false, error: { code } })

  return {
    wait: (withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => waiter.settle(rejected(waiter.reason)), withinMs)
        const waiter: Waiter = {
          failures: 0,
          reason: 'timed_out',
          settle(reply) {
            clearTimeout(timer)
            waiting.delete(waiter)
            resolve(reply)
          },
        }
        waiting.add(waiter)
      }),
    resolve: (value) => waiting.forEach((waiter) => waiter.settle({ ok: true, value })),
    failed: (reason) =>
      waiting.forEach((waiter) => {
        waiter.reason = reason
        if (++waiter.failures >= enoughAttempts) waiter.settle(rejected(reason))
      }),
    reject: (code) => waiting.forEach((waiter) => waiter.settle(rejected(code))),
  }
}
