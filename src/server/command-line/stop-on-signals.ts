const longestStopMs = 10_000

/** The first SIGTERM or SIGINT stops cleanly, a second one at once. */
export function stopOnSignals(stop: () => Promise<void>, exit: (code: number) => void) {
  let isStopping = false
  const onSignal = () => {
    if (isStopping) {
      exit(1)
      return
    }
    isStopping = true
    setTimeout(() => exit(1), longestStopMs).unref()
    stop().then(
      () => exit(0),
      () => exit(1),
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
