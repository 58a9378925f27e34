import type { Kysely, Migration } from 'kysely'

/** Where the host's clock was set back: between two of these, and only there, times follow the messages of a room. */
export const clockSteps: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('clock_steps')
      .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.room_id'))
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('clock_steps_pk', ['room_id', 'seq'])
      .execute()
  },
}
