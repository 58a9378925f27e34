import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import { openRawPerson, openRawSocket, type RawSocket } from '../../support/raw-socket'
import { killers } from '../../support/single-packet-killers'

const patienceMs = 6_000
const root = join(import.meta.dirname, '../../..')

/** Answered with a refusal, or closed. */
async function fate(socket: RawSocket, packet: string | Buffer): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const answered = new Promise<string>((resolve) => {
    socket.ws.on('message', (frame: Buffer) => {
      const answer = frame.toString()
      if (answer.startsWith('44') || (answer.startsWith('43') && answer.includes('"ok":false'))) resolve('refused')
      else if (answer.startsWith('43')) resolve(answer)
    })
  })
  const late = new Promise<string>((resolve) => (timer = setTimeout(() => resolve('unanswered'), patienceMs)))
  socket.send(packet)
  const end = await Promise.race([answered, socket.closed.then(() => 'closed'), late])
  clearTimeout(timer)
  return end
}

const stages: [string, (url: string, session: string, roomId: string) => Promise<RawSocket>][] = [
  ['before saying hello', (url) => openRawSocket(url)],
  ['before joining', (url) => openRawPerson(url)],
  [
    'in a room',
    async (url, session, roomId) => {
      const socket = await openRawPerson(url, { protocol: 1, client: 'raw/1', session })
      socket.send(`420${JSON.stringify(['join_room', { roomId }])}`)
      await socket.next('430')
      return socket
    },
  ],
]

test.each(stages)(
  'no single packet %s kills the server or goes unanswered',
  async (_, open) => {
    const parlor = await openParlor({ limits: { handshakeMs: 1_000 } })
    const canary = await parlor.host('canary')
    const fates: Record<string, string> = {}

    for (const { name, packet } of killers) {
      const socket = await open(parlor.url, canary.session, canary.roomId)
      fates[name] = await fate(socket, packet)
      socket.ws.terminate()
      await canary.get('send_message', { roomId: canary.roomId, clientKey: newKey(), text: name })
    }

    const harmless = Object.entries(fates).filter(([, one]) => one !== 'closed' && one !== 'refused')
    const greetings = ['second connect']
    expect(harmless.map(([name]) => name).filter((name) => !greetings.includes(name))).toEqual([])
    expect(await canary.heard('message_posted', killers.length)).toHaveLength(killers.length)
  },
  90_000,
)

test('an unguarded server dies of them', async () => {
  const server = spawn(
    process.execPath,
    [join(root, 'scripts/run.mjs'), join(root, 'tests/support/unguarded-server.ts')],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  onTestFinished(() => void server.kill('SIGKILL'))
  const died = once(server, 'exit')
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const url = `http://127.0.0.1:${line.toString().trim()}`

  for (const { packet } of killers) {
    if (server.exitCode !== null) break
    const socket = await openRawPerson(url, {}).catch(() => undefined)
    if (!socket) break
    onTestFinished(() => socket.ws.terminate())
    socket.send(packet)
  }
  expect(await died).not.toEqual([0, null])
}, 60_000)
