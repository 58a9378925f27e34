import type { Kysely, Migration } from 'kysely'

/** From whom somebody takes conversations of two. */
export const directs: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .alterTable('people')
      .addColumn('known_directs_only', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
