const longestStopMs = 10_000
/** A terminal, a supervisor and npm may each pass on the same wish. */
const sameWishMs = 1_000

/**
 * SIGTERM or SIGINT stops cleanly, whenever it comes. One that comes a second later or more kills, and so does a stop
 * that does not end.
 */
export function stopOnSignals(stop: () => Promise<void>, exit: (code: number) => void) {
  let wishedAt: number | undefined
  const onSignal = () => {
    if (wishedAt !== undefined) {
      if (performance.now() - wishedAt >= sameWishMs) kill()
      return
    }
    wishedAt = performance.now()
    setTimeout(kill, longestStopMs).unref()
    stop().then(
      () => exit(0),
      () => exit(1),
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

// An exit ends the threads, and one that is inside SQLite then aborts the process. What was acknowledged is on disk.
const kill = () => process.kill(process.pid, 'SIGKILL')
