import { sql, type Kysely, type Migration } from 'kysely'

/** Files, and messages that carry some. */
export const files: Migration = {
  async up(db: Kysely<never>) {
    await db.schema.alterTable('messages').addColumn('attachments', 'text').execute()
    await createFiles(db)
    await createWords(db)
  },
}

async function createFiles(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('files')
    .addColumn('file_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.room_id'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('people.member_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('counted', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('looks', 'text')
    .addColumn('type', 'text')
    .addColumn('added_at', 'bigint', (column) => column.notNull())
    .addColumn('completed_at', 'bigint')
    .addColumn('seq', 'bigint')
    .addColumn('posted_at', 'bigint')
    .execute()
  await db.schema.createIndex('files_bytes').on('files').columns(['sha256', 'completed_at', 'counted']).execute()
  await db.schema.createIndex('files_message').on('files').columns(['room_id', 'seq']).execute()
  await db.schema.createIndex('files_member').on('files').columns(['member_id', 'counted']).execute()
}

const indexed = ['text', 'room_id', 'member_id', 'file_names', 'has'] as const
// An id is one word to the index, not five. What a message has is a word of its own column, so that no text is taken for it.
const columnsOf = (row: 'new' | 'old' | 'messages') =>
  sql.raw(`${row}.id, ${row}.text, ${row}.room_id, replace(${row}.member_id, '-', ''),
    iif(json_valid(${row}.attachments), (select group_concat(value ->> '$.name', ' ') from json_each(${row}.attachments)), null),
    iif(${row}.attachments is null, null, 'file')`)
const remove = sql`insert into message_words (message_words, rowid, ${sql.raw(indexed.join(', '))})
  select 'delete', ${columnsOf('old')};`
const add = sql`insert into message_words (rowid, ${sql.raw(indexed.join(', '))}) select ${columnsOf('new')}
  where new.deleted_at is null;`

/** As before, with the names of files. */
async function createWords(db: Kysely<never>): Promise<void> {
  for (const name of ['added', 'changed', 'removed'])
    await sql`drop trigger ${sql.raw(`message_words_${name}`)}`.execute(db)
  await sql`drop table message_words`.execute(db)
  await sql`create virtual table message_words using fts5(${sql.raw(indexed.join(', '))},
    content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')`.execute(
    db,
  )
  await sql`insert into message_words (message_words, rank) values ('secure-delete', 1)`.execute(db)
  await sql`insert into message_words (rowid, ${sql.raw(indexed.join(', '))})
    select ${columnsOf('messages')} from messages where deleted_at is null order by id`.execute(db)
  await sql`create trigger message_words_added after insert on messages begin ${add} end`.execute(db)
  await sql`create trigger message_words_changed after update of text, deleted_at on messages
    when old.deleted_at is null and (new.text is not old.text or new.deleted_at is not null)
    begin ${remove} ${add} end`.execute(db)
  await sql`create trigger message_words_removed after delete on messages
    when old.deleted_at is null begin ${remove} end`.execute(db)
}
