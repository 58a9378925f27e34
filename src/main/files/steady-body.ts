const patienceMs = 15_000
/** A quarter of what servers themselves take of a reader. */
const leastPerSecond = 4_096

export class StalledError extends Error {
  constructor() {
    super('the server has stopped sending')
  }
}

export interface Pace {
  patienceMs?: number
  leastPerSecond?: number
}

/**
 * Passes a body on for as long as it moves. A server that sends its headers and then nothing, or next to nothing, fails
 * it; only the time in which somebody waits for bytes counts.
 */
export function steadyBody(body: ReadableStream<Uint8Array>, pace: Pace = {}): ReadableStream<Uint8Array> {
  const most = pace.patienceMs ?? patienceMs
  const least = pace.leastPerSecond ?? leastPerSecond
  const reader = body.getReader()
  let creditMs = most

  async function next() {
    const asked = performance.now()
    let timer: NodeJS.Timeout | undefined
    const stall = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new StalledError()), creditMs)
    })
    try {
      const piece = await Promise.race([reader.read(), stall])
      const broughtMs = ((piece.value?.length ?? 0) / least) * 1_000
      creditMs = Math.min(most, creditMs - (performance.now() - asked) + broughtMs)
      return piece
    } finally {
      clearTimeout(timer)
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await next()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          reader.cancel(error).catch(() => undefined)
          throw error
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Asks only when asked: what nobody reads must not look stalled.
    { highWaterMark: 0 },
  )
}
