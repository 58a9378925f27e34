import type { Integrity } from '../message-of'
import type { Search } from '../store'
import { prepareCloseLook } from './close-look'
import type { WorkerSetup } from './messages'
import { openReadOnly } from './reader'
import { search } from './search'
import { searchBounds } from './search-steps'
import type { Served } from './served'

/** A reader for searches alone, so that no other reading waits for one. */
export async function openSearcher(setup: WorkerSetup, onDamage: Integrity['onDamage']): Promise<Served> {
  const bounds = searchBounds(setup.searchMs)
  const served = await openReadOnly(
    setup,
    onDamage,
    () => (db, wanted, integrity) => search(db, wanted as Search, integrity, bounds),
  )
  prepareCloseLook(served.database)
  return served
}
