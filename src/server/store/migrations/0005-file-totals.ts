import { sql, type Kysely, type Migration } from 'kysely'

/** What is kept, counted once and not for every file that is added. */
export const fileTotals: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('file_totals')
      .addColumn('owner', 'text', (column) => column.primaryKey().notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .execute()
    await sql`insert into file_totals select member_id, sum(counted) from files group by member_id`.execute(db)
    await sql`insert into file_totals select '', coalesce(sum(counted), 0) from (
      select max(counted) as counted from files where completed_at is not null group by sha256
      union all select counted from files where completed_at is null)`.execute(db)
    await createTriggers(db)
    await sql`create index files_unfinished on files (member_id) where completed_at is null`.execute(db)
  },
}

/** Bytes that are here count once however many files they are, in all; what is still to come counts each time. */
const share = (row: 'new' | 'old') =>
  `iif(${row}.completed_at is not null and exists (select 1 from files
    where sha256 = ${row}.sha256 and completed_at is not null and file_id <> ${row}.file_id), 0, ${row}.counted)`

const count = (owner: string, bytes: string) =>
  sql.raw(`insert into file_totals values (${owner}, ${bytes})
    on conflict (owner) do update set bytes = bytes + excluded.bytes;`)

/** Triggers keep it right, so no transaction can forget to. */
async function createTriggers(db: Kysely<never>): Promise<void> {
  await sql`create trigger file_totals_added after insert on files begin
    ${count('new.member_id', 'new.counted')} ${count("''", share('new'))} end`.execute(db)
  await sql`create trigger file_totals_changed after update of counted, completed_at on files begin
    ${count('new.member_id', 'new.counted - old.counted')} ${count("''", `${share('new')} - ${share('old')}`)}
    end`.execute(db)
  await sql`create trigger file_totals_removed after delete on files begin
    ${count('old.member_id', '-old.counted')} ${count("''", `-${share('old')}`)} end`.execute(db)
}
