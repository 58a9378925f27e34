/** How long a server may take to begin. */
const beginWithinMs = 15_000

/** Reads a file from its server; follows it nowhere else. Rejects when it cannot be reached in time. */
export async function fetchFile(url: string, { range, end }: { range?: string; end?: AbortSignal } = {}) {
  const aborter = new AbortController()
  const abort = () => aborter.abort()
  end?.addEventListener('abort', abort, { once: true })
  const timer = setTimeout(abort, beginWithinMs)
  try {
    // What is compressed on the way has another length than the file.
    const headers = { 'Accept-Encoding': 'identity', ...(range !== undefined && { Range: range }) }
    return await fetch(url, { headers, redirect: 'error', signal: aborter.signal })
  } finally {
    clearTimeout(timer)
  }
}
