import { sql, type Kysely, type Migration } from 'kysely'

/** How long members have been away, in minutes that the server itself has counted: a wall clock may jump by years. */
export const away: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('uptime')
      .addColumn('minutes', 'bigint', (column) => column.notNull())
      .execute()
    await sql`insert into uptime values (0)`.execute(db)
    await db.schema.alterTable('members').addColumn('away_since', 'bigint').execute()
    await sql`create index members_here on members (room_id, member_id)
      where left_at is null and away_since is null`.execute(db)
    await sql`create index members_away on members (away_since)
      where left_at is null and away_since is not null`.execute(db)
  },
}
