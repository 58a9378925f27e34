import { setTimeout as pause } from 'node:timers/promises'

const stillMs = 300
const withinMs = 60_000

/** Resolves when what is counted has not changed for a while. */
export async function untilStill(count: () => number): Promise<void> {
  const deadline = performance.now() + withinMs
  for (let before = -1; before !== count();) {
    if (performance.now() > deadline) throw new Error('the announcements do not come to rest')
    before = count()
    await pause(stillMs)
  }
}
