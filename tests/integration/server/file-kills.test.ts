import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { startServerProcess, type ServerProcess } from '../../chaos/server-process'
import { buildCli } from '../../support/build-cli'
import {
  announce,
  blobsIn,
  bytesOf,
  draftOf,
  offsetOf,
  post,
  read,
  sendBytes,
  sha256,
  type Draft,
} from '../../support/files'
import { connectPerson, type Person } from '../../support/person'

const outDir = resolve(import.meta.dirname, '../../../node_modules/.cache/test-cli-kills')
beforeAll(() => buildCli(outDir), 60_000)

const filesPerLife = 3
/** After how many answers each server dies: as each is announced, looked at, sent in halves and posted. */
const lives = [0, 1, 3, 5, 6, 8, 9, 11, 12, 14, 15]
const fileBytes = 700_000

interface Life {
  server: ServerProcess
  ada: Person
}

/** What was tried, and what the server said it had. */
interface History {
  dataDir: string
  drafts: Draft[]
  stored: Set<Draft>
  posted: Set<Draft>
}

const uploadsIn = ({ dataDir }: History) => readdir(join(dataDir, 'files/uploads'))

/** Sends one file in halves; `onAnswer` with everything the server answers. */
async function send({ server, ada }: Life, draft: Draft, history: History, onAnswer = () => {}): Promise<void> {
  const reply = await announce(ada, draft)
  if (!reply.ok) throw new Error(reply.error.code)
  onAnswer()
  const speaker = { url: server.url, person: ada }
  if (!reply.value.isStored) {
    let offset = await offsetOf(speaker, draft.fileId)
    onAnswer()
    while (offset < draft.size) {
      const end = offset < fileBytes / 2 ? fileBytes / 2 : draft.size
      const { status } = await sendBytes(speaker, draft.fileId, draft.bytes.subarray(offset, end), offset)
      expect(status).toBe(204)
      offset = end
      if (offset < draft.size) onAnswer()
    }
  }
  history.stored.add(draft)
  onAnswer()
  await post(ada, [draft], draft.fileId)
  history.posted.add(draft)
  onAnswer()
}

/** Sends files until the server has answered so often. */
async function sendUntil(answers: number, life: Life, drafts: readonly Draft[], history: History) {
  let answered = 0
  let reach: () => void
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const onAnswer = () => {
    answered += 1
    if (answered >= answers) reach()
  }
  const sending = Promise.allSettled(drafts.map((draft) => send(life, draft, history, onAnswer)))
  if (answers > 0) await Promise.race([reached, sending])
  expect(answered).toBeGreaterThanOrEqual(answers)
  return { sending }
}

async function expectKept({ server, ada }: Life, history: History): Promise<void> {
  const { messages } = await ada.get('fetch_history', { roomId: ada.roomId, before: 1e9, limit: 100 })
  const told = messages.flatMap(({ attachments }) => attachments.map(({ fileId }) => fileId))
  const blobs = await blobsIn(history.dataDir)

  expect(new Set(told).size).toBe(told.length)
  expect(blobs).toEqual(expect.arrayContaining([...history.stored].map((draft) => draft.sha256)))
  expect(told).toEqual(expect.arrayContaining([...history.posted].map((draft) => draft.fileId)))
  for (const { fileId, bytes } of history.posted)
    expect((await bytesOf(await read(server.url, ada, fileId))).equals(bytes)).toBe(true)
}

/** As a start leaves it: nothing that is not whole, and nothing that is nobody's. */
async function expectSwept(history: History): Promise<void> {
  const announced = new Set(history.drafts.map(({ fileId }) => fileId as string))
  expect((await uploadsIn(history)).filter((name) => !announced.has(name))).toEqual([])
  for (const name of await blobsIn(history.dataDir))
    expect(sha256(await readFile(join(history.dataDir, 'files/blobs', name.slice(0, 2), name)))).toBe(name)
}

test('a server killed at any moment of an upload has what it acknowledged, and nothing that is nobody’s', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-kills-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const history: History = { dataDir, drafts: [], stored: new Set(), posted: new Set() }
  const live = beginLives(dataDir)

  for (const answers of lives) {
    const life = await live()
    await expectSwept(history)
    await expectKept(life, history)
    const drafts = Array.from({ length: filesPerLife }, () => draftOf(randomBytes(fileBytes)))
    history.drafts.push(...drafts)
    const { sending } = await sendUntil(answers, life, drafts, history)
    await life.server.kill()
    life.ada.close()
    await sending
  }

  expect(history.posted.size).toBeGreaterThanOrEqual(filesPerLife)
  expect(history.stored.size).toBeLessThan(history.drafts.length)

  const last = await live()
  await expectKept(last, history)
  for (const draft of history.drafts.filter((one) => !history.stored.has(one)))
    await send(last, draft, history).catch(unlessPosted)
  await last.ada.get('close_room', { roomId: last.ada.roomId })
  await expect.poll(() => blobsIn(dataDir)).toEqual([])
  expect(await uploadsIn(history)).toEqual([])
  last.ada.close()
  expect(await last.server.stop()).toBe(0)
}, 180_000)

/** One server after another on the same files, each with Ada in the same room. */
function beginLives(dataDir: string): () => Promise<Life> {
  const unlimited = ['--events-per-second', 'off', '--messages-per-second', 'off']
  const args = [join(outDir, 'cli.js'), '--port', '0', '--data', dataDir, '--log-level', 'error', ...unlimited]
  const errors: string[] = []
  onTestFinished(() => expect(errors).toEqual([]))
  let before: Person | undefined

  return async () => {
    const events = { onError: (words: string) => void errors.push(words), onDeath: () => undefined }
    const server = await startServerProcess({ args }, events)
    onTestFinished(() => (server.isAlive() ? server.kill() : undefined))
    const ada = await connectPerson(server.url, before && { session: before.session })
    ada.enter(
      before
        ? await ada.get('join_room', { roomId: before.roomId })
        : await ada.get('create_room', { name: 'ada', retention: 'forever' }),
    )
    before = ada
    return { server, ada }
  }
}

/** Only the answer to its message was lost. */
function unlessPosted(error: unknown): void {
  if (!String(error).includes('"field":"attachments"')) throw error
}
