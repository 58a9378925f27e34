import { sql } from 'kysely'
import type { Executor } from '../schema'
import type { KeptTime } from '../server-time-row'

/** For rows that are written with it: a minute old at most. */
export const passedMs = sql<number>`(select passed_ms from server_time)`

export async function serverTime(db: Executor): Promise<KeptTime> {
  const row = await db.selectFrom('server_time').selectAll().executeTakeFirstOrThrow()
  return {
    ranMs: row.ran_ms,
    passedMs: row.passed_ms,
    wallMs: row.wall_ms,
    doubtedMs: row.doubted_ms,
    doubtedForMs: row.doubted_for_ms,
  }
}

export async function keepTime(db: Executor, time: KeptTime): Promise<void> {
  await db
    .updateTable('server_time')
    .set({
      ran_ms: time.ranMs,
      passed_ms: time.passedMs,
      wall_ms: time.wallMs,
      doubted_ms: time.doubtedMs,
      doubted_for_ms: time.doubtedForMs,
    })
    .execute()
}
