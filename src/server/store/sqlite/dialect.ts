import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { DatabaseSync, SqlValue, Statement } from './database'

const mostStatements = 200

/** Kysely on one connection used by one caller at a time; statements are prepared once per query text. */
export const sqliteDialect = (database: DatabaseSync): Dialect => ({
  createAdapter: transactionalAdapter,
  createDriver: () => createDriver(database),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

// SQLite has transactional DDL; Kysely says it has not, and would leave a failed migration half done.
const transactionalAdapter = () =>
  Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true })

function createDriver(database: DatabaseSync): Driver {
  const connection = createConnection(database)
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    releaseConnection: () => Promise.resolve(),
    beginTransaction: () => settled(() => database.exec('begin')),
    commitTransaction: () => settled(() => database.exec('commit')),
    // A full disk has SQLite roll back by itself, and then there is nothing left to roll back.
    rollbackTransaction: () => settled(() => (database.isTransaction ? database.exec('rollback') : undefined)),
    destroy: () => settled(() => database.close()),
  }
}

const settled = <Value>(run: () => Value): Promise<Value> => new Promise((resolve) => resolve(run()))

function createConnection(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, { statement: Statement; reads: boolean }>()

  function prepare(sql: string) {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= mostStatements) statements.clear()
    const statement = database.prepare(sql)
    const made = { statement, reads: statement.columns().length > 0 }
    statements.set(sql, made)
    return made
  }

  function execute<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const { statement, reads } = prepare(sql)
    const bound = parameters as readonly SqlValue[]
    if (reads) return { rows: statement.all(...bound) as Row[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...bound).changes) }
  }

  return {
    executeQuery: <Row>(query: CompiledQuery) => settled(() => execute<Row>(query)),
    streamQuery: () => {
      throw new Error('streaming is not supported')
    },
  }
}
