import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendBytes, sha256 } from '../../support/files'
import type { Attack } from '../attack-shape'
import type { Intruder, Stage } from '../stage/stage'
import { askUnread } from './pipelining'

/** A file of somebody's that is on the server, and where it can be read. */
async function shareFile(stage: Stage, owner: Intruder): Promise<string> {
  const bytes = randomBytes(1_000_000)
  const file = { roomId: owner.roomId, fileId: randomUUID() }
  await owner.ask('add_file', { ...file, name: 'large.bin', size: bytes.length, sha256: sha256(bytes) })
  await sendBytes({ url: stage.url, person: owner }, file.fileId, bytes)
  const opened = await owner.ask('open_file', file)
  if (!opened.ok) throw new Error(`the file could not be opened: ${opened.error?.code ?? ''}`)
  return (opened.value as { path: string }).path
}

const much = { connections: 10, times: 1_000 }

export const unreadFiles: Attack = {
  name: 'unread-files',
  strength: 'ten connections ask for a file of 1 MB a thousand times each, read nothing, and go on so at its end',
  async run(stage) {
    const path = await shareFile(stage, await stage.host('Hoarder'))
    const sockets = await askUnread(stage, path, much)
    await sleep(stage.lastsMs)
    for (const socket of sockets) socket.destroy()
  },
  async whileStopping(stage) {
    await askUnread(stage, await shareFile(stage, await stage.host('Hoarder')), much)
    await sleep(200)
  },
  weak: { server: 'naive', breaks: ['files', 'stop'] },
}
