import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { limitNames } from '../../../src/server/limits'
import { buildCli } from '../../support/build-cli'
import { newKey } from '../../support/open-parlor'
import { connectPerson } from '../../support/person'
import { storeWorker } from '../../support/store-worker'

const root = join(import.meta.dirname, '../../..')
const outDir = join(root, 'node_modules/.cache/test-cli')

beforeAll(() => buildCli(outDir), 60_000)

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

function start(args: readonly string[], env: Record<string, string> = {}, dir = outDir) {
  const child = spawn(process.execPath, [join(dir, 'cli.js'), ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()))
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, ...heard }))
  return { child, heard, ended }
}

async function listening({ child, heard }: { child: ChildProcess; heard: { stdout: string } }): Promise<string> {
  while (!heard.stdout.includes('\n')) await once(child.stdout!, 'data')
  return heard.stdout.split('\n')[0]!
}

async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'parlor-cli-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('it says where it listens, serves, and stops cleanly on a signal with everything kept', async () => {
  const data = await newDir()
  const first = start(['serve', '--port', '0', '--data', data])
  const line = await listening(first)
  expect(line).toMatch(/^Parlor server listening on http:\/\/127\.0\.0\.1:\d+$/)
  const url = line.split(' ').at(-1)!
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok')
  const ada = await connectPerson(url)
  const { room, session } = await ada.get('create_room', { name: 'ada' })
  first.child.kill('SIGTERM')
  expect(await first.ended).toMatchObject({ code: 0, stdout: `${line}\n` })

  const again = start(['--data', data], { PARLOR_PORT: '0', PARLOR_HOST: 'localhost' })
  const back = await connectPerson((await listening(again)).split(' ').at(-1)!, { session })
  expect(await back.get('join_room', { roomId: room.roomId })).toMatchObject({ you: { name: 'ada' } })
  back.close()
  again.child.kill('SIGINT')
  expect(await again.ended).toMatchObject({ code: 0 })
  expect((await readFile(join(data, 'parlor.db'))).length).toBeGreaterThan(0)
}, 40_000)

/** Every signal that comes in the same moment is the same wish. */
test.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGINT', 'SIGTERM'],
] as const)(
  '%s and %s within milliseconds stop once and cleanly, in the middle of work',
  async (first, second) => {
    const data = await newDir()
    const server = start(['--port', '0', '--data', data, '--messages-per-second', 'off', '--events-per-second', 'off'])
    const ada = await connectPerson((await listening(server)).split(' ').at(-1)!)
    const { room } = await ada.get('create_room', { name: 'ada' })
    const sending = Array.from({ length: 200 }, (_, n) =>
      ada.ask('send_message', { roomId: room.roomId, clientKey: newKey(), text: `hello ${n} `.repeat(200) }),
    )
    void Promise.allSettled(sending)
    await sending[0]
    server.child.kill(first)
    server.child.kill(second)
    setTimeout(() => server.child.kill(second), 5)

    expect(await server.ended).toMatchObject({ code: 0 })
    expect((await readdir(data)).filter((name) => name.endsWith('-wal'))).toEqual([])
    ada.close()
  },
  40_000,
)

test('a signal that comes before it listens stops it cleanly as well', async () => {
  const data = await newDir()
  const server = start(['--port', '0', '--data', data])
  await expect.poll(() => readdir(data), { interval: 5, timeout: 10_000 }).toContain('parlor.db')
  server.child.kill('SIGTERM')
  expect(await server.ended).toMatchObject({ code: 0 })
}, 40_000)

/** The same server, with threads that die of certain words. */
async function mortalCli(): Promise<string> {
  const dir = `${outDir}-mortal`
  await cp(outDir, dir, { recursive: true })
  await writeFile(join(dir, 'store-worker.js'), `import '${storeWorker('store-worker-mortal').href}'\n`)
  return dir
}

test.each(['writer', 'reader'])(
  'it ends when its store has died, for another to begin: the %s',
  async (thread) => {
    const server = start(['--port', '0', '--data', await newDir()], {}, await mortalCli())
    const ada = await connectPerson((await listening(server)).split(' ').at(-1)!)
    const { room } = await ada.get('create_room', { name: 'ada' })
    const words = `this kills the ${thread}`
    const answer =
      thread === 'reader'
        ? ada.ask('fetch_newer', { roomId: room.roomId, after: 987_654_321 })
        : ada.ask('send_message', { roomId: room.roomId, clientKey: newKey(), text: words })

    await expect(answer).rejects.toThrow('disconnected')
    const { code, stderr } = await server.ended
    expect([
      code,
      stderr
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { msg: string }).msg)
        .at(-1),
    ]).toEqual([1, 'store_died'])
    ada.close()
  },
  40_000,
)

test('a bad value is one sentence and exit code 2', async () => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    [['--port', 'abc'], {}, /^Option '--port <number>' argument 'abc' is invalid: it must be a whole number.*\.$/],
    [['--port', '65536'], {}, /65535\.$/],
    [[], { PARLOR_PORT: '-1' }, /from env 'PARLOR_PORT' is invalid/],
    [['--room-code-length', '5'], {}, /from 6 to 12\.$/],
    [['--file-days', '0'], {}, /from 1 to 36500\.$/],
    [['--messages-per-second', '-3'], {}, /above 0, or off\.$/],
    [['--join-ms', 'off'], {}, /above 0\.$/],
    [['--names', 'a b'], {}, /host names/],
    [['--log-level', 'loud'], {}, /choices/],
    [['--web', '/nowhere'], {}, /index\.html\.$/],
    [['--nonsense'], {}, /unknown option/i],
    [['bogus'], {}, /bogus/],
    [['serve', 'twice'], {}, /too many arguments/i],
  ]
  for (const [args, env, sentence] of cases) {
    const { code, stdout, stderr } = await start(args, env).ended
    expect([args, code, stdout, stderr.trim().split('\n').length]).toEqual([args, 2, '', 1])
    expect(stderr.trim()).toMatch(sentence)
  }
}, 60_000)

test('the help names every option and its variable', async () => {
  const { code, stdout } = await start(['--help']).ended
  const flags = [...stdout.matchAll(/--([a-z-]+) </g)].map(([, flag]) => flag!)
  expect(code).toBe(0)
  expect(flags.length).toBe(10 + limitNames.length)
  for (const flag of flags) expect(stdout).toContain(`env: PARLOR_${flag.replaceAll('-', '_').toUpperCase()})`)
})

test('why it cannot start is one sentence and exit code 1', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const port = String((taken.address() as AddressInfo).port)
  const data = await newDir()

  const busy = await start(['--port', port, '--data', data]).ended
  expect([busy.code, busy.stdout, busy.stderr]).toEqual([
    1,
    '',
    `Port ${port} is taken or not allowed: choose another with --port.\n`,
  ])
  const nowhere = await start(['--host', '203.0.113.1', '--port', '0', '--data', data]).ended
  expect([nowhere.code, nowhere.stderr]).toEqual([
    1,
    'This computer has no address 203.0.113.1: choose another with --host.\n',
  ])
}, 40_000)
