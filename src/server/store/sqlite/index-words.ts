import { sql } from 'kysely'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'

const newestId = prepared((db) => db.selectFrom('messages').select(({ fn }) => fn.max('id').as('id')))
const addNewer = prepared((db) => ({
  compile: () =>
    sql`insert into message_words (rowid, text, room_id, member_id, file_names, has)
      select id, text, room_id, member_id, file_names, has from indexed_messages where id > ${0}`.compile(db),
}))

/**
 * Makes what is posted findable, in one statement: a trigger that writes to FTS5 has it put every single message on the
 * disk as a part of its own, to be merged later, which costs several times as much.
 */
export async function indexingPosted<Answer>(db: Executor, post: () => Promise<Answer>): Promise<Answer> {
  const [newest] = await rowsOf(db, newestId, [])
  const answer = await post()
  await rowsOf(db, addNewer, [newest?.id ?? 0])
  return answer
}
