import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { DatabaseSync } from './database'

type Statement = ReturnType<DatabaseSync['prepare']>
type Bound = Parameters<Statement['all']>

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
  const run = (sql: string) => async () => database.exec(sql)
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: run('begin'),
    commitTransaction: run('commit'),
    // A full disk has SQLite roll back by itself, and then there is nothing left to roll back.
    rollbackTransaction: async () => {
      if (database.isTransaction) database.exec('rollback')
    },
    destroy: async () => database.close(),
  }
}

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

  return {
    async executeQuery<Row>({
      sql,
      parameters,
    }: {
      sql: string
      parameters: readonly unknown[]
    }): Promise<QueryResult<Row>> {
      const { statement, reads } = prepare(sql)
      const bound = parameters as Bound
      if (reads) return { rows: statement.all(...bound) as Row[] }
      const { changes } = statement.run(...bound)
      return { rows: [], numAffectedRows: BigInt(changes) }
    },
    // eslint requires a yield in a generator; Kysely requires the method.
    async *streamQuery() {
      throw new Error('streaming is not supported')
    },
  }
}
