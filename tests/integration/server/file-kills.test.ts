import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { RoomId } from '#shared/protocol/ids'
import { startServerProcess, type ServerProcess } from '../../chaos/server-process'

import { buildCli } from '../../support/build-cli'
import { announce, blobsIn, bytesOf, draftOf, offsetOf, post, read, sendBytes, type Draft } from '../../support/files'
import { connectPerson, type Person } from '../../support/person'

const outDir = resolve(import.meta.dirname, '../../../node_modules/.cache/test-cli-kills')
beforeAll(() => buildCli(outDir), 60_000)

/** When each server dies, counted from the moment its uploads begin: before, within and after what ends them. */
const livesMs = [4, 8, 12, 16, 20, 25, 30, 40, 55, 80, 120]
const filesPerLife = 3

interface Life {
  server: ServerProcess
  ada: Person
}

test('a server killed at any moment of an upload has kept what it acknowledged, and nothing that is nobody’s', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-kills-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const errors: string[] = []
  const drafts: Draft[] = []
  const [acked, posted] = [new Set<Draft>(), new Set<Draft>()]
  let room: { roomId: RoomId; session: string } | undefined

  async function live(): Promise<Life> {
    const args = [
      join(outDir, 'cli.js'),
      '--port',
      '0',
      '--data',
      dataDir,
      '--log-level',
      'error',
      '--events-per-second',
      'off',
      '--messages-per-second',
      'off',
    ]
    const server = await startServerProcess(
      { args },
      { onError: (words) => errors.push(words), onDeath: () => undefined },
    )
    onTestFinished(() => (server.isAlive() ? server.kill() : undefined))
    const ada = await connectPerson(server.url, room && { session: room.session })
    const entered = room
      ? await ada.get('join_room', { roomId: room.roomId })
      : await ada.get('create_room', { name: 'ada', retention: 'forever' })
    ada.enter(entered)
    room = { roomId: ada.roomId, session: ada.session }
    return { server, ada }
  }

  async function send({ server, ada }: Life, draft: Draft) {
    const reply = await announce(ada, draft)
    if (!reply.ok) throw new Error(reply.error.code)
    const speaker = { url: server.url, person: ada }
    const offset = reply.value.isStored ? draft.size : await offsetOf(speaker, draft.fileId)
    if (
      offset < draft.size &&
      (await sendBytes(speaker, draft.fileId, draft.bytes.subarray(offset), offset)).status !== 204
    )
      throw new Error('not taken')
    acked.add(draft)
    await post(ada, [draft], draft.fileId)
    posted.add(draft)
  }

  async function check({ server, ada }: Life) {
    const { messages } = await ada.get('fetch_history', { roomId: ada.roomId, before: 1e9, limit: 100 })
    const told = messages.flatMap(({ attachments }) => attachments.map(({ fileId }) => fileId))
    expect(new Set(told).size).toBe(told.length)
    const blobs = await blobsIn(dataDir)
    for (const draft of acked) expect(blobs).toContain(draft.sha256)
    for (const draft of posted) {
      expect(told).toContain(draft.fileId)
      expect((await bytesOf(await read(server.url, ada, draft.fileId))).equals(draft.bytes)).toBe(true)
    }
    for (const sha256 of blobs) {
      const bytes = await readFile(join(dataDir, 'files/blobs', sha256.slice(0, 2), sha256))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    }
    const known = new Set(drafts.map(({ fileId }) => fileId as string))
    expect((await readdir(join(dataDir, 'files/uploads'))).filter((name) => !known.has(name))).toEqual([])
  }

  for (const lifeMs of livesMs) {
    const life = await live()
    await check(life)
    const mine = Array.from({ length: filesPerLife }, () => draftOf(randomBytes(700_000)))
    drafts.push(...mine)
    const sending = mine.map((draft) => send(life, draft).catch(() => undefined))
    await sleep(lifeMs)
    await life.server.kill()
    life.ada.close()
    await Promise.all(sending)
  }

  const last = await live()
  await check(last)
  for (const draft of drafts.filter((one) => !acked.has(one))) await send(last, draft).catch(onlyTaken)
  await last.ada.get('close_room', { roomId: last.ada.roomId })
  await expect.poll(() => blobsIn(dataDir)).toEqual([])
  expect(await readdir(join(dataDir, 'files/uploads'))).toEqual([])
  expect(acked.size).toBeGreaterThan(0)
  last.ada.close()
  expect(await last.server.stop()).toBe(0)
  expect(errors).toEqual([])
}, 180_000)

/** Its message was posted, and only the answer was lost. */
function onlyTaken(error: unknown): void {
  if (!String(error).includes('"field":"attachments"')) throw error
}
