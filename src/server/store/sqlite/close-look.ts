import { sql } from 'kysely'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { DatabaseSync } from './database'

// Divides texts as the index does; in memory, for what was deleted must be on no disk.
const setUp = `pragma temp_store = memory;
  create virtual table temp.looked_at using fts5(text, file_names, content = '', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2')`

export function prepareCloseLook(database: DatabaseSync): void {
  database.exec(setUp)
}

const put = prepared((db) => ({
  compile: () =>
    sql`insert into looked_at (rowid, text, file_names)
      select id, text, file_names from indexed_messages where id in (select value from json_each(${''}))`.compile(db),
}))
const found = prepared((db) =>
  db
    .selectFrom(sql<{ rowid: number }>`looked_at`.as('looked_at'))
    .select('rowid')
    .where(sql<boolean>`looked_at match ${''}`),
)
const forget = prepared((db) => ({
  compile: () => sql`insert into looked_at (looked_at) values ('delete-all')`.compile(db),
}))

/** Which of a few messages match, however much a match costs: an index of those alone is asked. */
export async function lookClosely(db: Executor, ids: readonly number[], match: string): Promise<number[]> {
  await rowsOf(db, put, [JSON.stringify(ids)])
  try {
    return (await rowsOf(db, found, [match])).map(({ rowid }) => rowid)
  } finally {
    await rowsOf(db, forget, [])
  }
}
