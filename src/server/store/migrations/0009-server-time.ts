import { sql, type Kysely, type Migration } from 'kysely'

/**
 * Time that no wall clock can change. What stood empty or was kept by the wall clock begins anew, so that a clock that
 * was wrong once deletes nothing.
 */
export const serverTime: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('server_time')
      .addColumn('ran_ms', 'bigint', (column) => column.notNull())
      .addColumn('passed_ms', 'bigint', (column) => column.notNull())
      .addColumn('wall_ms', 'bigint', (column) => column.notNull())
      .addColumn('doubted_ms', 'bigint', (column) => column.notNull())
      .addColumn('doubted_for_ms', 'bigint', (column) => column.notNull())
      .execute()
    await sql`insert into server_time values (0, 0, 0, 0, 0)`.execute(db)
    await db.schema.alterTable('rooms').addColumn('emptied_ran', 'bigint').execute()
    await sql`update rooms set emptied_at = 0, emptied_ran = 0 where emptied_at is not null`.execute(db)
    await db.schema
      .alterTable('files')
      .addColumn('kept_from', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
