import type { ClientStorage } from '#client'

/** The client's memory in a browser: JSON under `parlor:` keys. A write that does not fit throws, as the client expects. */
export function createWebStorage(storage: Storage): ClientStorage {
  return {
    read: (key) => {
      const kept = storage.getItem(`parlor:${key}`)
      return kept === null ? undefined : parsed(kept)
    },
    write: (key, value) => {
      if (value === undefined) storage.removeItem(`parlor:${key}`)
      else storage.setItem(`parlor:${key}`, JSON.stringify(value))
    },
  }
}

/** What somebody edited by hand counts as absent. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
