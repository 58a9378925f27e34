import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client'

/** A piece of a file at the slowest a server puts up with, and then some. */
const longestRequestMs = 90_000

/** Bytes as tus-js-client passes them on. No Blob: Node does not count those as memory, and keeps them for long. */
export interface PieceBody {
  readonly size: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Requests of tus-js-client by fetch, in a page and in Node alike. Its own of Node follow whatever a server says for
 * as long as it says it; these take no answer's body, follow nobody elsewhere and end.
 */
export const createFetchStack = (): HttpStack => ({ getName: () => 'fetch', createRequest })

function createRequest(method: string, url: string): HttpRequest {
  const headers = new Headers()
  const aborter = new AbortController()

  async function send(piece: PieceBody | null): Promise<HttpResponse> {
    const timer = setTimeout(() => aborter.abort(), longestRequestMs)
    try {
      const response = await fetch(url, {
        ...quietly,
        method,
        headers,
        body: piece?.bytes ?? null,
        signal: aborter.signal,
      })
      response.body?.cancel().catch(() => undefined)
      return answerOf(response)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    send,
    getMethod: () => method,
    getURL: () => url,
    setHeader: (name, value) => headers.set(name, value),
    getHeader: (name) => headers.get(name) ?? undefined,
    setProgressHandler: () => undefined,
    abort() {
      aborter.abort()
      return Promise.resolve()
    },
    getUnderlyingObject: () => undefined,
  }
}

const quietly = { credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', cache: 'no-store' } as const

const answerOf = (response: Response): HttpResponse => ({
  getStatus: () => response.status,
  getHeader: (name) => response.headers.get(name) ?? undefined,
  getBody: () => '',
  getUnderlyingObject: () => undefined,
})
