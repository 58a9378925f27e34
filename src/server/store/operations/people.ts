import type { MemberId } from '#shared/protocol/ids'
import { prepared, rowsOf } from '../prepared'
import type { Executor } from '../schema'
import type { CheckedName, Person } from '../store'

/** A person with the name they may go by in a room that has not met them yet. */
export type KnownPerson = { memberId: MemberId; name: CheckedName }

const bySession = prepared((db) => db.selectFrom('people').select(['member_id', 'name']).where('session_hash', '=', ''))

export async function findPerson(db: Executor, sessionHash: string): Promise<Person | undefined> {
  const [row] = await rowsOf(db, bySession, [sessionHash])
  return row && { memberId: row.member_id, name: row.name }
}

const bySessionOrId = prepared((db) =>
  db
    .selectFrom('people')
    .select(['member_id', 'session_hash', 'name', 'name_key'])
    .where((where) => where.or([where('session_hash', '=', ''), where('member_id', '=', '' as MemberId)])),
)

/** By session first: two tabs that arrive together with one new session are one person. */
export async function knownPerson(
  db: Executor,
  { memberId, sessionHash }: { memberId: MemberId; sessionHash: string },
): Promise<KnownPerson | undefined> {
  const rows = await rowsOf(db, bySessionOrId, [sessionHash, memberId])
  const row = rows.find((person) => person.session_hash === sessionHash) ?? rows[0]
  return row && { memberId: row.member_id, name: { shown: row.name, key: row.name_key } }
}

const upsertPerson = prepared((db) => {
  const now = { session_hash: '', name: '', name_key: '', last_seen_at: 0 }
  return db
    .insertInto('people')
    .values({ member_id: '' as MemberId, created_at: 0, ...now })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(now))
})

/** Makes the person, or remembers the session and name they use now. */
export async function keepPerson(
  db: Executor,
  { memberId, sessionHash, name, at }: { memberId: MemberId; sessionHash: string; name: CheckedName; at: number },
): Promise<void> {
  const now = [sessionHash, name.shown, name.key, at]
  await rowsOf(db, upsertPerson, [memberId, at, ...now, ...now])
}
