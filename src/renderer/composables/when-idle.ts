import { onScopeDispose } from 'vue'

const patienceMs = 2_000

/** Does what nobody waits for once the page has nothing else to do. */
export function whenIdle(run: () => void, page: Window = window) {
  // Safari does not say when it is idle.
  if (!('requestIdleCallback' in page)) {
    const timer = setTimeout(run, patienceMs)
    onScopeDispose(() => clearTimeout(timer))
    return
  }
  const asked = page.requestIdleCallback(run)
  onScopeDispose(() => page.cancelIdleCallback(asked))
}
