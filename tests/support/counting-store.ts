import type { ServerOptions } from '#server'
import { openStore } from '../../src/server/store/sqlite/open-store'
import type { Store } from '../../src/server/store/store'

/** The store itself, and how often it was asked for what. */
export function countingStore(): {
  openStore: NonNullable<ServerOptions['openStore']>
  asked: (name: keyof Store) => number
} {
  const counts = new Map<PropertyKey, number>()
  return {
    asked: (name) => counts.get(name) ?? 0,
    openStore: async (options) =>
      new Proxy(await openStore(options), {
        get(store, name, receiver) {
          counts.set(name, (counts.get(name) ?? 0) + 1)
          return Reflect.get(store, name, receiver) as unknown
        },
      }),
  }
}
