import { sql, type Kysely, type Migration } from 'kysely'

/** As before, but whoever posts adds the words: a trigger would write every message to the index by itself. */
export const words: Migration = {
  async up(db: Kysely<never>) {
    for (const name of ['added', 'changed', 'removed'])
      await sql`drop trigger if exists ${sql.raw(`message_words_${name}`)}`.execute(db)
    await sql`drop view if exists indexed_messages`.execute(db)
    await sql`drop table message_words`.execute(db)
    await createWords(db)
  },
}

const indexed = sql.raw('text, room_id, member_id, file_names, has')
// An id is one word to the index, not five. What a message has is a word of its own column, so that no text is taken for it.
const columnsOf = (row: 'old' | 'messages') =>
  sql.raw(`${row}.id as id, ${row}.text as text, ${row}.room_id as room_id, replace(${row}.member_id, '-', '') as member_id,
    iif(json_valid(${row}.attachments), (select group_concat(value ->> '$.name', ' ') from json_each(${row}.attachments)), null)
      as file_names,
    iif(${row}.attachments is null, null, 'file') as has`)
const remove = sql`insert into message_words (message_words, rowid, ${indexed}) select 'delete', ${columnsOf('old')};`
const add = (where: string) => sql`insert into message_words (rowid, ${indexed})
  select id, ${indexed} from indexed_messages ${sql.raw(where)}`

async function createWords(db: Kysely<never>): Promise<void> {
  await sql`create view indexed_messages as select ${columnsOf('messages')} from messages where deleted_at is null`.execute(
    db,
  )
  await sql`create virtual table message_words using fts5(${indexed}, content = 'messages', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4', columnsize = 0)`.execute(db)
  await sql`insert into message_words (message_words, rank) values ('secure-delete', 1)`.execute(db)
  await add('order by id').execute(db)
  await sql`create trigger message_words_changed after update of text, deleted_at on messages
    when old.deleted_at is null and (new.text is not old.text or new.deleted_at is not null)
    begin ${remove} ${add('where id = new.id')}; end`.execute(db)
  await sql`create trigger message_words_removed after delete on messages
    when old.deleted_at is null begin ${remove} end`.execute(db)
}
