import type { Lock, Locker, RequestRelease } from '@tus/server'

interface Held {
  release: RequestRelease
  ended: Promise<void>
  end: () => void
}

/**
 * One request at a time per upload. Whoever comes next has the one before end: after a cut that only one side has
 * noticed, it is the same sender coming back.
 */
export function createUploadLocks(): Locker {
  const locks = new Map<string, Held>()

  function hold(id: string, release: RequestRelease) {
    let end = () => undefined as void
    const ended = new Promise<void>((resolve) => (end = resolve))
    locks.set(id, { release, ended, end })
  }

  const newLock = (id: string): Lock => ({
    async lock(_signal, release) {
      for (let held = locks.get(id); held; held = locks.get(id)) {
        await held.release()
        await held.ended
      }
      hold(id, release)
    },
    unlock() {
      const held = locks.get(id)
      locks.delete(id)
      held?.end()
      return Promise.resolve()
    },
  })
  return { newLock }
}
