import { expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import type { Store } from '../../../src/server/store/store'
import { openAsIs, type SqlRow } from '../../../src/server/store/sqlite/database'
import { createRandom } from '../../chaos/random'
import { dataDirectory } from './data-directory'
import { enter, newHash, openRoom } from './store-fixture'

const ofEachMember = 'select member_id as owner, sum(counted) as bytes from files group by member_id'
const ofAll = `select '' as owner, sum(bytes) as bytes from (
  select max(counted) as bytes from files where completed_at is not null group by sha256
  union all select counted from files where completed_at is null)`
const totals = 'select owner, bytes from file_totals'
/** As a database of the version before, which counted them for every file that was added. */
const forget = [
  'drop trigger file_totals_added',
  'drop trigger file_totals_changed',
  'drop trigger file_totals_removed',
  'drop index files_unfinished',
  'drop table file_totals',
  'drop index members_here',
  'drop index members_away',
  'alter table members drop column away_since',
  'drop table uptime',
  'alter table people drop column known_directs_only',
  'drop table clock_steps',
  'drop table server_time',
  'alter table rooms drop column emptied_ran',
  'alter table files drop column kept_from',
  "delete from kysely_migration where name >= '0005-file-totals'",
]

/** Files of two, of few bytes, so that many of them are of the same. */
async function shareAtRandom(store: Store, seed: number) {
  const random = createRandom(seed)
  const { ada } = await openRoom(store, { retention: 'forever' })
  const people = [ada, await enter(store, ada.roomId, 'Grace')]
  const contents = [3_000, 6_000, 9_000].map((size) => ({ sha256: newHash(), size }))
  const added: ReturnType<typeof ada.file>[] = []
  const steps: (() => Promise<unknown>)[] = [
    async () => {
      const file = random.pick(people).file(random.pick(contents))
      added.push(file)
      await store.addFile(file)
    },
    () => store.completeFile({ fileId: random.pick(added).fileId, at: 5_000, type: 'image/png' }),
    () => store.dropFile(random.pick(added)),
    () => store.releaseFiles([{ fileId: random.pick(added).fileId, received: random.between(0, 9_000) }]),
    () => store.reserveFile(random.pick(added)),
    () => store.loseBytes({ blobs: random.chance(0.3) ? [random.pick(contents).sha256] : [] }),
    () => {
      const file = random.pick(added)
      return people.find(({ memberId }) => memberId === file.memberId)!.say('', { attachments: [file] })
    },
  ]
  await steps[0]!()
  for (let n = 0; n < 300; n++) await random.pick(steps)().catch(unlessRefused)
}

function unlessRefused(error: unknown) {
  if (!(error instanceof Refusal)) throw error
}

async function counted(path: string) {
  const database = await openAsIs(path, { readOnly: true, waitMs: 1_000 })
  const rows = (sql: string) => database.prepare(`${sql} order by owner`).all()
  const [kept, summed] = [rows(totals), rows(`select * from (${ofEachMember} union all ${ofAll})`)]
  database.close()
  return { kept: kept.filter(({ bytes }) => bytes !== 0), summed: summed.filter(({ bytes }) => bytes !== 0) }
}

/** Files of the same bytes, or nothing was tried. */
function expectTwins(kept: readonly SqlRow[]) {
  const [inAll, ...ofMembers] = kept.map(({ bytes }) => Number(bytes))
  expect(inAll).toBeLessThan(ofMembers.reduce((sum, bytes) => sum + bytes, 0))
}

test.each([1, 2, 3])(
  'what is kept is what all files are together, whatever becomes of them (seed %i)',
  async (seed) => {
    const dir = await dataDirectory()
    const store = await dir.open()
    await shareAtRandom(store, seed)
    await store.close()

    const { kept, summed } = await counted(dir.path('parlor.db'))
    expect(kept.length).toBeGreaterThan(1)
    expect(kept).toEqual(summed)
  },
)

test('what was kept before it was counted is counted', async () => {
  const dir = await dataDirectory()
  const store = await dir.open()
  await shareAtRandom(store, 4)
  await store.close()
  const before = await counted(dir.path('parlor.db'))
  await dir.sql(...forget)
  await (await dir.open()).close()

  expectTwins(before.kept)
  expect(await counted(dir.path('parlor.db'))).toEqual(before)
})
