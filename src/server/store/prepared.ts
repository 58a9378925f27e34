import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Executor } from './schema'

/** A query compiled once per database: from call to call only what it binds changes, in the order it was built. */
export type Prepared<Row> = (db: Executor) => CompiledQuery<Row>

export function prepared<Row>(build: (db: Executor) => Compilable<Row>): Prepared<Row> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>()

  return (db) => {
    const { adapter } = db.getExecutor()
    const known = compiled.get(adapter)
    if (known) return known
    const query = build(db).compile()
    compiled.set(adapter, query)
    return query
  }
}

export type Run = <Row>(query: Prepared<Row>, parameters: readonly unknown[]) => Promise<QueryResult<Row>>

/** Runs prepared queries straight on the connection: for what is done for every message and every newcomer. */
export const onConnection = <Value>(db: Executor, use: (run: Run) => Promise<Value>): Promise<Value> =>
  db
    .getExecutor()
    .provideConnection((connection) =>
      use((query, parameters) => connection.executeQuery({ ...query(db), parameters })),
    )

export const rowsOf = async <Row>(db: Executor, query: Prepared<Row>, parameters: readonly unknown[]): Promise<Row[]> =>
  (await onConnection(db, (run) => run(query, parameters))).rows
