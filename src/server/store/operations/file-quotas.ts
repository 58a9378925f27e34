import { Refusal } from '#shared/protocol/errors'
import type { MemberId } from '#shared/protocol/ids'
import type { Executor } from '../schema'
import type { NewFile } from '../file-rows'

// A block of the disk: what is smaller takes as much of it, and a row besides.
const leastCounted = 4_096

/** What a file will count, or `storage_full`. Uploads that are still to come count as if they were here. */
export async function requireSpace(db: Executor, { memberId, size, most }: NewFile): Promise<number> {
  const counted = Math.max(size, leastCounted)
  if ((await keptBy(db, memberId)) + counted > most.ofMember) throw new Refusal('storage_full')
  if ((await keptInAll(db)) + counted > most.inAll) throw new Refusal('storage_full')
  return counted
}

async function keptBy(db: Executor, memberId: MemberId): Promise<number> {
  const row = await db
    .selectFrom('files')
    .select(({ fn }) => fn.sum<number | null>('counted').as('bytes'))
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row?.bytes ?? 0
}

/** Bytes that are here once however many files they are, and room for those that are still to come. */
async function keptInAll(db: Executor): Promise<number> {
  const row = await db
    .selectFrom((from) =>
      from
        .selectFrom('files')
        .select(({ fn }) => fn.max('counted').as('counted'))
        .where('completed_at', 'is not', null)
        .groupBy('sha256')
        .unionAll(from.selectFrom('files').select('counted').where('completed_at', 'is', null))
        .as('kept'),
    )
    .select(({ fn }) => fn.sum<number | null>('counted').as('bytes'))
    .executeTakeFirst()
  return row?.bytes ?? 0
}
