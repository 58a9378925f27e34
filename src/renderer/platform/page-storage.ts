import type { PageStorage } from '../composables/use-page-storage'

/** Keeps under `parlor:` in the browser's own storage; when that is full or switched off, in memory until the page closes. */
export function createPageStorage(storage: Storage | undefined): PageStorage {
  const inMemory = new Map<string, string>()

  function write(key: string, value: string | undefined) {
    if (value === undefined) inMemory.delete(key)
    else inMemory.set(key, value)
    try {
      if (value === undefined) storage?.removeItem(`parlor:${key}`)
      else storage?.setItem(`parlor:${key}`, value)
    } catch {
      // Full or forbidden: memory has it.
    }
  }
  const read = (key: string) => inMemory.get(key) ?? storage?.getItem(`parlor:${key}`) ?? undefined

  return { read, write }
}

/** Reading the property itself throws where a browser's settings forbid storage. */
export function localStorageOf(page: Window): Storage | undefined {
  try {
    return page.localStorage
  } catch {
    return undefined
  }
}
