import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { draftOf, post, upload } from '../../support/files'
import { makeInterfaceDir } from '../../support/interface-dir'
import { openFilesUnder } from '../../support/open-files-under'
import { openParlor, type Parlor } from '../../support/open-parlor'
import { upgradeHead } from '../../support/raw-http'
import { closed } from '../../support/socket-ends'

const getOf = ({ server }: Parlor, path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`

/** A connection of which nothing is read until somebody resumes it. */
async function reach({ server }: Parlor): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  socket.pause()
  await once(socket, 'connect')
  return socket
}

/** A server with a page of some assets, the paths of one of them and of a shared file. */
async function parlorWithFiles(bytes: number, limits: Record<string, number> = {}) {
  const webDir = await makeInterfaceDir()
  await writeFile(join(webDir, 'assets', 'large-abc123.js'), randomBytes(bytes))
  const parlor = await openParlor({ webDir, limits: { connectionsPerAddress: 300, ...limits } })
  const ada = await parlor.host('ada')
  const draft = await upload(parlor.url, ada, draftOf(randomBytes(bytes)))
  await post(ada, [draft])
  const { path: file } = await ada.get('open_file', { roomId: ada.roomId, fileId: draft.fileId })
  const openFiles = () => openFilesUnder(webDir).length + openFilesUnder(join(parlor.dataDir, 'files')).length
  return { parlor, ada, openFiles, paths: { asset: '/assets/large-abc123.js', file } }
}

test.each(['asset', 'file'] as const)(
  'ten connections that each ask a thousand times for a %s and read nothing open nothing for long',
  async (kind) => {
    const { parlor, openFiles, paths } = await parlorWithFiles(65_536)
    const before = process.memoryUsage().rss

    for (let round = 0; round < 2; round++) {
      const sockets = await Promise.all(Array.from({ length: 10 }, () => reach(parlor)))
      for (const socket of sockets) socket.write(getOf(parlor, paths[kind]).repeat(1_000))
      const guest = await parlor.join(`guest ${round}`)
      expect(openFiles()).toBeLessThanOrEqual(10)
      guest.close()
      for (const socket of sockets) socket.destroy()
    }
    await expect.poll(openFiles).toBe(0)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
    expect((await fetch(parlor.url + paths[kind])).status).toBe(200)
  },
  40_000,
)

test('what was opened for an answer is closed with its connection, whenever that goes', async () => {
  const { parlor, openFiles, paths } = await parlorWithFiles(8_000_000)
  for (let n = 0; n < 40; n++) {
    const socket = await reach(parlor)
    socket.write(getOf(parlor, n % 2 === 0 ? paths.asset : paths.file))
    // Some go before anything is open, some in the middle.
    if (n % 4 > 1) await once(socket, 'readable')
    socket.destroy()
  }
  await expect.poll(openFiles).toBe(0)
})

test('a few requests at once are answered one after the other, all on one connection', async () => {
  const { parlor, paths } = await parlorWithFiles(65_536)
  const socket = await reach(parlor)
  socket.write(getOf(parlor, paths.asset) + getOf(parlor, '/healthz') + getOf(parlor, paths.file))
  const answers: Buffer[] = []
  socket.on('data', (piece: Buffer) => answers.push(piece))
  socket.resume()
  await expect.poll(() => Buffer.concat(answers).length, { timeout: 5_000 }).toBeGreaterThan(131_072)

  const statuses = Buffer.concat(answers)
    .toString('latin1')
    .match(/HTTP\/1\.1 \d+/g)
  expect(statuses).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200'])
  expect(Buffer.concat(answers).toString('latin1')).toContain('\r\n\r\nok')
})

test('nobody turns a connection into a chat in the middle of an answer', async () => {
  const { parlor, openFiles, paths } = await parlorWithFiles(8_000_000)
  const socket = await reach(parlor)
  socket.write(getOf(parlor, paths.asset) + upgradeHead([`Host: 127.0.0.1:${parlor.server.port}`]))
  const heard: Buffer[] = []
  socket.on('data', (piece: Buffer) => heard.push(piece))
  await closed(socket.resume())
  expect(Buffer.concat(heard).toString('latin1')).not.toContain('101 Switching')
  await expect.poll(openFiles).toBe(0)
})

test('an answer that nobody reads is cut, and one that is read slowly comes whole', async () => {
  const bytes = 12_000_000
  const limits = { requestTimeoutMs: 1_000, answerBytesPerSecond: 100_000 }
  const { parlor, openFiles, paths } = await parlorWithFiles(bytes, limits)
  const [stuck, slow] = [await reach(parlor), await reach(parlor)]
  for (const socket of [stuck, slow]) socket.write(getOf(parlor, paths.file))
  await expect.poll(openFiles, { interval: 10 }).toBe(2)

  let read = 0
  slow.on('data', (piece: Buffer) => {
    read += piece.length
    slow.pause()
    // Many times the least speed, and yet slower than what the system holds lets anybody see from outside.
    setTimeout(() => slow.resume(), (piece.length / 1_500_000) * 1_000)
  })
  slow.resume()
  await expect.poll(openFiles, { timeout: 10_000 }).toBe(1)
  await expect.poll(() => read, { timeout: 18_000, interval: 200 }).toBeGreaterThan(bytes)
  await expect.poll(openFiles).toBe(0)
}, 40_000)
