import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendBytes, sha256 } from '../../support/files'
import type { Attack } from '../attack-shape'
import { ifAnswered } from '../stage/intruder'
import type { Intruder } from '../stage/stage'

const guests = 10
const files = 20
const size = 25_000_000

const announce = (guest: Intruder) =>
  guest.ask('add_file', {
    roomId: guest.roomId,
    fileId: randomUUID(),
    name: 'never.bin',
    size,
    sha256: sha256(randomBytes(8)),
  })

/** Whether somebody else can still send a file. */
async function canSend(url: string, sender: Intruder): Promise<string | undefined> {
  const bytes = randomBytes(100_000)
  const file = { roomId: sender.roomId, fileId: randomUUID() }
  const added = await sender.ask('add_file', { ...file, name: 'a.bin', size: bytes.length, sha256: sha256(bytes) })
  if (!added.ok) return added.error?.code
  const answer = await sendBytes({ url, person: sender }, file.fileId, bytes)
  return answer.status === 204 ? undefined : `status ${answer.status}`
}

export const announcedFiles: Attack = {
  name: 'announced-files',
  strength: `${guests} guests announce ${guests * files} files of 25 MB, send nothing and go`,
  async run(stage) {
    const from = stage.address()
    const crowd = await Promise.all(
      Array.from({ length: guests }, (_, at) => stage.member(`Guest ${at + 1}`, { from })),
    )
    await Promise.all(crowd.flatMap((guest) => Array.from({ length: files }, () => ifAnswered(announce(guest)))))
    const sender = await stage.member('Sender')
    const meanwhile = await canSend(stage.url, sender)
    for (const guest of crowd) guest.socket.ws.terminate()
    await sleep(500)
    const later = await canSend(stage.url, sender)
    stage.mustHold(meanwhile === undefined, `nobody else could send a file: ${meanwhile ?? ''}`)
    stage.mustHold(later === undefined, `nobody else could send a file after it: ${later ?? ''}`)
  },
  weak: { server: 'naive', breaks: ['own'] },
}
