import { steadyBody, type Pace } from './steady-body'

/** How long a server may take to begin. */
const beginWithinMs = 15_000

interface FetchOptions {
  range?: string
  end?: AbortSignal
  pace?: Pace | undefined
}

/** Reads a file from its server; follows it nowhere else. Rejects when it cannot be reached in time; stalls are errors. */
export async function fetchFile(url: string, { range, end, pace }: FetchOptions = {}): Promise<Response> {
  const aborter = new AbortController()
  const abort = () => aborter.abort()
  end?.addEventListener('abort', abort, { once: true })
  const timer = setTimeout(abort, beginWithinMs)
  try {
    // What is compressed on the way has another length than the file.
    const headers = { 'Accept-Encoding': 'identity', ...(range !== undefined && { Range: range }) }
    const { body, status, headers: said } = await fetch(url, { headers, redirect: 'error', signal: aborter.signal })
    return new Response(body && steadyBody(body, pace), { status, headers: said })
  } catch (error) {
    abort()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
