import type { ServerOptions } from '#server'
import { openStore } from '../../src/server/store/sqlite/open-store'

/** The store itself, but something else happens between a join that is on disk and whoever asked for it hearing so. */
export function interleavedStore(): {
  openStore: NonNullable<ServerOptions['openStore']>
  /** With the next join, once. */
  afterJoin: (happens: () => Promise<unknown>) => void
} {
  let next: (() => Promise<unknown>) | undefined
  return {
    afterJoin: (happens) => void (next = happens),
    openStore: async (options) => {
      const store = await openStore(options)
      return {
        ...store,
        async joinRoom(draft) {
          const joined = await store.joinRoom(draft)
          const happens = next
          next = undefined
          await happens?.()
          return joined
        },
      }
    },
  }
}
