import { sql, type Kysely, type Migration } from 'kysely'

/** Messages that change, people who read and block, conversations of two. */
export const conversation: Migration = {
  async up(db: Kysely<never>) {
    await rebuildMessages(db)
    await db.schema
      .alterTable('rooms')
      .addColumn('kind', 'text', (column) => column.notNull().defaultTo('group'))
      .execute()
    await db.schema.alterTable('rooms').addColumn('direct_pair', 'text').execute()
    await db.schema.createIndex('rooms_direct_pair').unique().on('rooms').column('direct_pair').execute()
    await db.schema
      .alterTable('people')
      .addColumn('hides_reads', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.createIndex('members_person').on('members').column('member_id').execute()
    await createReads(db)
    await createBlocks(db)
  },
}

// The search index names rows by `id`: a number of SQLite's own would be given anew whenever a backup is made.
async function rebuildMessages(db: Kysely<never>): Promise<void> {
  await db.schema.dropIndex('messages_rev').execute()
  await db.schema.alterTable('messages').renameTo('messages_before').execute()
  await db.schema
    .createTable('messages')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.room_id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('rev', 'bigint', (column) => column.notNull())
    .addColumn('client_key', 'text', (column) => column.notNull())
    .addColumn('member_id', 'text', (column) => column.notNull())
    .addColumn('author_name', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('reply_to', 'bigint')
    .addColumn('sent_at', 'bigint', (column) => column.notNull())
    .addColumn('prev_seq', 'bigint', (column) => column.notNull())
    .addColumn('edited_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('pinned', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('reactions', 'text')
    .addColumn('mac', 'blob', (column) => column.notNull())
    .addUniqueConstraint('messages_seq', ['room_id', 'seq'])
    .addUniqueConstraint('messages_key', ['room_id', 'member_id', 'client_key'])
    .execute()
  const kept = sql`room_id, seq, rev, client_key, member_id, author_name, text, reply_to, sent_at, prev_seq, mac`
  await sql`insert into messages (id, ${kept}) select rowid, ${kept} from messages_before order by rowid`.execute(db)
  await db.schema.dropTable('messages_before').execute()
  await db.schema.createIndex('messages_rev').unique().on('messages').columns(['room_id', 'rev']).execute()
  await db.schema
    .createIndex('messages_pinned')
    .on('messages')
    .columns(['room_id', 'seq'])
    .where('pinned' as never, '=', 1)
    .execute()
  await createWords(db)
}

const indexed = ['text', 'room_id', 'member_id'] as const
// An id is one word to the index, not five.
const columnsOf = (row: 'new' | 'old' | 'messages') =>
  sql.raw(`${row}.id, ${row}.text, ${row}.room_id, replace(${row}.member_id, '-', '')`)
const remove = sql`insert into message_words (message_words, rowid, ${sql.raw(indexed.join(', '))})
  values ('delete', ${columnsOf('old')});`
const add = sql`insert into message_words (rowid, ${sql.raw(indexed.join(', '))}) select ${columnsOf('new')}
  where new.deleted_at is null;`

/** What is found by searching. Triggers keep it right, so no transaction can forget to. https://sqlite.org/fts5.html */
async function createWords(db: Kysely<never>): Promise<void> {
  await sql`create virtual table message_words using fts5(${sql.raw(indexed.join(', '))},
    content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')`.execute(
    db,
  )
  // Words of a deleted text must not stay behind in the index.
  await sql`insert into message_words (message_words, rank) values ('secure-delete', 1)`.execute(db)
  await sql`insert into message_words (rowid, ${sql.raw(indexed.join(', '))})
    select ${columnsOf('messages')} from messages order by id`.execute(db)
  await sql`create trigger message_words_added after insert on messages begin ${add} end`.execute(db)
  await sql`create trigger message_words_changed after update of text, deleted_at on messages
    when old.deleted_at is null and (new.text is not old.text or new.deleted_at is not null)
    begin ${remove} ${add} end`.execute(db)
  await sql`create trigger message_words_removed after delete on messages
    when old.deleted_at is null begin ${remove} end`.execute(db)
}

async function createReads(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('reads')
    .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.room_id'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('people.member_id'))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('reads_pk', ['room_id', 'member_id'])
    .execute()
}

async function createBlocks(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('blocks')
    .addColumn('member_id', 'text', (column) => column.notNull().references('people.member_id'))
    .addColumn('blocked_id', 'text', (column) => column.notNull().references('people.member_id'))
    .addPrimaryKeyConstraint('blocks_pk', ['member_id', 'blocked_id'])
    .execute()
}
