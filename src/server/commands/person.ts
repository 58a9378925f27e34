import { Refusal } from '#shared/protocol/errors'
import type { MemberId, SessionToken } from '#shared/protocol/ids'
import { uuidv7 } from 'uuidv7'
import { newSession, sessionHash } from '../session'
import type { Store } from '../store/store'
import type { Caller, KnownPerson } from './handler'

/** Who the caller is, or `not_a_member`: nobody is in a room without a session. */
export function requirePerson({ person }: Caller): KnownPerson {
  if (!person) throw new Refusal('not_a_member')
  return person
}

/**
 * The caller, or the person they become with their first room. A session they brought along is theirs from then on:
 * whoever lost the answer to a first join comes again with it, and must not meet their own name as taken.
 */
export const personOf = ({ person, offered }: Caller, shown?: SessionToken): KnownPerson =>
  person ?? { memberId: uuidv7() as MemberId, session: shown ?? offered ?? newSession() }

export const storedIdentity = ({ memberId, session }: KnownPerson) => ({ memberId, sessionHash: sessionHash(session) })

/** A session this server does not know is nobody yet. */
export async function personOfSession(session: string | undefined, store: Store): Promise<KnownPerson | undefined> {
  if (session === undefined) return undefined
  const person = await store.findPerson(sessionHash(session))
  return person && { memberId: person.memberId, session: session as SessionToken }
}
