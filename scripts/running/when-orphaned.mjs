const everyMs = 250

/**
 * npm runs a script through a shell that dies of a signal without passing it on. Calls back once that has happened.
 * Returns its stop. Does nothing for scripts that npm did not start: those may well outlive their parent.
 * @param {() => void} orphaned
 */
export function whenOrphaned(orphaned) {
  if (process.env['npm_lifecycle_event'] === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    orphaned()
  }, everyMs)
  return () => clearInterval(timer)
}
