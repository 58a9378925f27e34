import { inject, type InjectionKey } from 'vue'

/** Small conveniences of this window (theme, drafts). Losing them loses nothing that was sent. */
export interface PageStorage {
  read: (key: string) => string | undefined
  write: (key: string, value: string | undefined) => void
}

export const pageStorageKey: InjectionKey<PageStorage> = Symbol('page storage')

export function usePageStorage(): PageStorage {
  const storage = inject(pageStorageKey)
  if (!storage) throw new Error('the composition root provides no page storage')
  return storage
}
