import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sha256 } from '../../support/files'
import type { Attack } from '../attack-shape'
import type { Intruder, Stage } from '../stage/stage'
import { request } from './pipelining'

const size = 1_000_000
const people = 20
/** What one person may send at once, and a file more than that. */
const atOnce = 3
const deadlineMs = 14_000
const shortDeadlineMs = 1_000

/** Three bytes of a megabyte, and silence. */
async function stall(stage: Stage, sender: Intruder) {
  const file = { roomId: sender.roomId, fileId: randomUUID() }
  await sender.ask('add_file', { ...file, name: 'slow.bin', size, sha256: sha256(Buffer.from(file.fileId)) })
  const socket = await stage.tcp(sender.from)
  const head = request(stage, 'PATCH', `/uploads/${file.fileId}`, [
    `Authorization: Bearer ${sender.session}`,
    'Tus-Resumable: 1.0.0',
    'Upload-Offset: 0',
    'Content-Type: application/offset+octet-stream',
    `Content-Length: ${size}`,
  ])
  socket.write(`${head}abc`)
  let answer = ''
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1').slice(0, 20)))
  return { answer: () => answer, isClosed: () => socket.destroyed }
}

async function stallAll(stage: Stage, count: number) {
  const senders = await Promise.all(Array.from({ length: count }, (_, at) => stage.host(`Sender ${at + 1}`)))
  await Promise.all(senders.flatMap((sender) => Array.from({ length: atOnce }, () => stall(stage, sender))))
  return senders
}

export const stalledUploads: Attack = {
  name: 'stalled-uploads',
  strength: `${people * atOnce} uploads of ${people} people stop after three bytes, at the end as well`,
  shortLimits: { requestTimeoutMs: shortDeadlineMs },
  async run(stage) {
    const [first] = await stallAll(stage, people)
    await sleep(stage.isShort ? shortDeadlineMs * 3 : deadlineMs)
    if (!first) return
    const next = await stall(stage, first)
    await sleep(500)
    stage.mustHold(!/ 429/.test(next.answer()), 'uploads that stalled keep the places of their sender')
  },
  async whileStopping(stage) {
    await stallAll(stage, 2)
    await sleep(200)
  },
  weak: { server: 'naive', breaks: ['stop', 'own'] },
}
