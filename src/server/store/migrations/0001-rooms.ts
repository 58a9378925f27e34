import type { Kysely, Migration } from 'kysely'

export const rooms: Migration = {
  async up(db: Kysely<never>) {
    await db.schema
      .createTable('people')
      .addColumn('member_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('session_hash', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_key', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('rooms')
      .addColumn('room_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('rev', 'bigint', (column) => column.notNull())
      .addColumn('last_seq', 'bigint', (column) => column.notNull())
      .addColumn('retention', 'text', (column) => column.notNull())
      .addColumn('emptied_at', 'bigint')
      .execute()
    await createMembers(db)
    await createMessages(db)
  },
}

async function createMembers(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('members')
    .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.room_id'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('people.member_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'bigint', (column) => column.notNull())
    .addColumn('left_at', 'bigint')
    .addPrimaryKeyConstraint('members_pk', ['room_id', 'member_id'])
    .execute()
  await db.schema
    .createIndex('members_name')
    .unique()
    .on('members')
    .columns(['room_id', 'name_key'])
    .where('left_at' as never, 'is', null)
    .execute()
}

async function createMessages(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('messages')
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
    .addColumn('mac', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('messages_pk', ['room_id', 'seq'])
    .addUniqueConstraint('messages_key', ['room_id', 'member_id', 'client_key'])
    .execute()
  await db.schema.createIndex('messages_rev').unique().on('messages').columns(['room_id', 'rev']).execute()
}
