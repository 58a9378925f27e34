import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { storeWorker } from '../../support/store-worker'
import { testConversation } from './conversation-suite'
import { testDirects } from './directs-suite'
import { testFiles } from './files-suite'
import { testRetention } from './retention-suite'
import { testSearch } from './search-suite'
import { testStore } from './store-suite'

const reported: unknown[] = []
const dirs: string[] = []
afterAll(async () => {
  for (const dir of dirs) await rm(dir, { recursive: true })
  expect(reported).toEqual([])
})

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-store-'))
  dirs.push(dataDir)
  return openStore({ dataDir, worker: storeWorker(), report: (error) => reported.push(error) })
}

testStore('the SQLite store', open)
testConversation('the SQLite store', open)
testDirects('the SQLite store', open)
testFiles('the SQLite store', open)
testRetention('the SQLite store', open)
testSearch('the SQLite store', open)
