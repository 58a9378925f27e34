import type { Compilable, CompiledQuery } from 'kysely'
import type { Executor } from './schema'

/** A query compiled once per database: from call to call only what it binds changes, in the order it was built. */
export function prepared<Row>(build: (db: Executor) => Compilable<Row>) {
  const compiled = new WeakMap<object, CompiledQuery<Row>>()

  return async (db: Executor, parameters: readonly unknown[]): Promise<Row[]> => {
    const { adapter } = db.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = build(db).compile()
      compiled.set(adapter, query)
    }
    const { rows } = await db.executeQuery<Row>({ ...query, parameters })
    return rows
  }
}
