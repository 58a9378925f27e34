import type { MemberId } from '#shared/protocol/ids'
import type { Executor, Schema } from '../schema'
import type { CheckedName, Person } from '../store'

/** A person with the name they may go by in a room that has not met them yet. */
export type KnownPerson = { memberId: MemberId; name: CheckedName }

export async function findPerson(db: Executor, sessionHash: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('people')
    .select(['member_id', 'name'])
    .where('session_hash', '=', sessionHash)
    .executeTakeFirst()
  return row && { memberId: row.member_id, name: row.name }
}

/** By session first: two tabs that arrive together with one new session are one person. */
export async function knownPerson(
  db: Executor,
  { memberId, sessionHash }: { memberId: MemberId; sessionHash: string },
): Promise<KnownPerson | undefined> {
  const rows = await db
    .selectFrom('people')
    .select(['member_id', 'session_hash', 'name', 'name_key'])
    .where((where) => where.or([where('session_hash', '=', sessionHash), where('member_id', '=', memberId)]))
    .execute()
  const row = rows.find((person) => person.session_hash === sessionHash) ?? rows[0]
  return row && { memberId: row.member_id, name: { shown: row.name, key: row.name_key } }
}

/** Makes the person, or remembers the session and name they use now. */
export async function keepPerson(
  db: Executor,
  person: { memberId: MemberId; sessionHash: string; name: CheckedName; at: number },
): Promise<void> {
  const now = {
    session_hash: person.sessionHash,
    name: person.name.shown,
    name_key: person.name.key,
    last_seen_at: person.at,
  } satisfies Partial<Schema['people']>
  await db
    .insertInto('people')
    .values({ member_id: person.memberId, created_at: person.at, ...now })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(now))
    .execute()
}
