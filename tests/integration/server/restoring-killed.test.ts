import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '#server'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { makeFullBackup } from '../../../src/server/copies/full-backup'
import { restoreCopy } from '../../../src/server/copies/restore-copy'
import { isComplete, verifyCopy } from '../../../src/server/copies/verify-copy'
import { buildCli } from '../../support/build-cli'
import { blobsIn, draftOf, post, upload } from '../../support/files'
import { holdLog } from '../../support/hold-log'
import { openParlor } from '../../support/open-parlor'
import { connectPerson } from '../../support/person'
import { storeWorker } from '../../support/store-worker'

const outDir = join(import.meta.dirname, '../../../node_modules/.cache/test-cli-restoring')
const dieAt = join(import.meta.dirname, '../../support/die-at.mjs')
beforeAll(() => buildCli(outDir), 120_000)

async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'parlor-restoring-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

async function restoreDying(backup: string, data: string, diesAt: number) {
  const child = spawn(
    process.execPath,
    ['--import', dieAt, join(outDir, 'cli.js'), 'restore', backup, '--data', data],
    { env: { PATH: process.env['PATH'], DIE_AT: String(diesAt) }, stdio: 'ignore' },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  return code ?? signal
}

/** A backup, and the folder it was made of as a kill leaves it after more was said and sent. */
async function backedUp() {
  const parlor = await openParlor()
  const ada = await parlor.host('ada', { retention: 'forever' })
  const send = async (text: string) => {
    const file = await upload(parlor.url, ada, draftOf(Buffer.from(text)))
    await post(ada, [file], text)
    return file.sha256
  }
  const oldFile = await send('old')
  const { path: backup } = await makeFullBackup({ dataDir: parlor.dataDir, to: await newDir(), now: Date.now() })
  const letGo = await holdLog(parlor.dataDir)
  const newFile = await send('new')
  const killed = join(await newDir(), 'data')
  await cp(parlor.dataDir, killed, { recursive: true })
  letGo()
  const { roomId, session } = ada
  return { backup, killed, roomId, session, oldFile, newFile }
}

test('a restore killed at any moment leaves what was there or what it brings, and can be run again', async () => {
  const { backup, killed, roomId, session, oldFile, newFile } = await backedUp()
  async function contentsOf(dataDir: string) {
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      dataDir,
      storeWorker: storeWorker(),
      report: (error) => expect.unreachable(String(error)),
      onDeath: (error) => expect.unreachable(String(error)),
    })
    const ada = await connectPerson(server.url, { session })
    const { messages } = await ada.get('join_room', { roomId })
    ada.close()
    await server.close()
    return { texts: messages.map(({ text }) => text), blobs: (await blobsIn(dataDir)).toSorted() }
  }
  const old = { texts: ['old'], blobs: [oldFile] }
  const both = { texts: ['old', 'new'], blobs: [oldFile, newFile].toSorted() }

  const seen = new Set<unknown>()
  for (let diesAt = 1; ; diesAt++) {
    const data = join(await newDir(), 'data')
    await cp(killed, data, { recursive: true })
    const end = await restoreDying(backup, data, diesAt)
    if (end === 0) break
    expect([diesAt, end]).toEqual([diesAt, 'SIGKILL'])
    const found = await contentsOf(data)
    expect([old, both]).toContainEqual(found)
    seen.add(found.texts.length)
    await restoreCopy(backup, data, Date.now())
    expect(isComplete(await verifyCopy(data))).toBe(true)
  }
  expect(seen).toEqual(new Set([1, 2]))
}, 240_000)

test('of a folder that has lost its database, the rest is kept aside as well', async () => {
  const { backup, killed, newFile } = await backedUp()
  await rm(join(killed, 'parlor.db'))
  const { aside = '' } = await restoreCopy(backup, killed, Date.now())
  expect(await readdir(aside)).toEqual(expect.arrayContaining(['parlor.db-wal', 'parlor.key', 'files']))
  expect(await blobsIn(aside)).toContain(newFile)
}, 60_000)
