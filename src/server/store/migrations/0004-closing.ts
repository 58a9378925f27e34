import type { Kysely, Migration } from 'kysely'

/** Rooms that are gone for everybody while what was said in them is being deleted. */
export const closing: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .alterTable('rooms')
      .addColumn('closed', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
