import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openAsIs } from '../../../src/server/store/sqlite/database'
import { buildCli } from '../../support/build-cli'
import { newKey } from '../../support/open-parlor'
import { connectPerson } from '../../support/person'

const outDir = join(import.meta.dirname, '../../../node_modules/.cache/test-cli-copies')
beforeAll(() => buildCli(outDir), 120_000)

async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'parlor-copies-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

function start(args: readonly string[], as: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [join(outDir, 'cli.js'), ...args], {
    ...as,
    env: { PATH: process.env['PATH'] },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...heard }))
  return { child, heard, ended }
}
const run = (...args: readonly string[]) => start(args).ended

async function serve(data: string) {
  const server = start(['serve', '--port', '0', '--data', data, '--log-level', 'silent'])
  while (!server.heard.stdout.includes('\n')) await once(server.child.stdout, 'data')
  return { ...server, url: server.heard.stdout.trim().split(' ').at(-1)! }
}

/** A running server with a room in which Ada has said something. */
async function talking(...texts: readonly string[]) {
  const data = join(await newDir(), 'data')
  const server = await serve(data)
  const ada = await connectPerson(server.url)
  const { room, session } = await ada.get('create_room', { name: 'ada', retention: 'forever' })
  const say = (text: string) => ada.get('send_message', { roomId: room.roomId, clientKey: newKey(), text })
  for (const text of texts) await say(text)
  const kill = async () => {
    server.child.kill('SIGKILL')
    await server.ended
    ada.close()
  }
  return { data, say, kill, roomId: room.roomId, session }
}

async function textsAt(
  data: string,
  { roomId, session }: Pick<Awaited<ReturnType<typeof talking>>, 'roomId' | 'session'>,
) {
  const server = await serve(data)
  const ada = await connectPerson(server.url, { session })
  const { messages } = await ada.get('join_room', { roomId })
  ada.close()
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
  return messages.map(({ text }) => text)
}

test('a backup of a running server is whole, and after a kill it is put back with what was there kept', async () => {
  const { data, say, kill, ...ada } = await talking('one')
  const to = await newDir()
  const made = await run('backup', '--data', data, '--to', to)
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const [name = ''] = await readdir(to)
  const backup = join(to, name)
  expect(made.stdout).toBe(`Everything is in ${backup}.\n`)
  expect([
    (await stat(join(backup, 'parlor.db'))).mode & 0o777,
    (await stat(join(backup, 'parlor.key'))).mode & 0o777,
  ]).toEqual([0o600, 0o600])
  expect(await run('verify', backup)).toMatchObject({ code: 0, stdout: '1 room, 1 message, 0 files.\nWhole.\n' })

  await say('two')
  const busy = await run('restore', backup, '--data', data)
  expect([busy.code, busy.stderr]).toEqual([1, `Another Parlor server is using the data in ${data}.\n`])
  await kill()
  expect((await stat(join(data, 'parlor.db-wal'))).size).toBeGreaterThan(0)
  const restored = await run('restore', backup, '--data', data)
  expect(restored).toMatchObject({ code: 0, stderr: '' })
  expect(restored.stdout).toContain(`${data} now holds 1 room and 1 message from ${backup}.`)
  expect(await textsAt(data, ada)).toEqual(['one'])

  const [aside = ''] = (await readdir(data)).filter((entry) => entry.startsWith('aside-'))
  expect(await run('verify', join(data, aside))).toMatchObject({
    code: 0,
    stdout: '1 room, 2 messages, 0 files.\nWhole.\n',
  })
  expect(await run('restore', join(data, aside), '--data', join(await newDir(), 'fresh'))).toMatchObject({ code: 0 })
}, 120_000)

test('a damaged copy is said to be, and put in place of nothing', async () => {
  const { data, kill } = await talking('one', 'two')
  await kill()
  const to = await newDir()
  await run('backup', '--data', data, '--to', to)
  const [name = ''] = await readdir(to)
  const database = await openAsIs(join(to, name, 'parlor.db'), { readOnly: false })
  database.exec("update messages set text = 'twp' where text = 'two'")
  database.close()

  const before = await readFile(join(data, 'parlor.db'))
  expect(await run('verify', join(to, name))).toMatchObject({
    code: 1,
    stdout: '1 room, 2 messages, 0 files.\n1 message damaged.\n',
  })
  const restored = await run('restore', join(to, name), '--data', data)
  expect([restored.code, restored.stderr]).toEqual([
    1,
    `${join(to, name)} is damaged, and is not put in place of anything.\n`,
  ])
  expect(before.equals(await readFile(join(data, 'parlor.db')))).toBe(true)
}, 120_000)

test('what makes no sense is one sentence: exit code 2 for the words, 1 for what they name', async () => {
  const empty = await newDir()
  const cases: [string[], number, RegExp][] = [
    [['verify'], 2, /missing required argument/i],
    [['restore', 'a', 'b'], 2, /too many arguments/i],
    [['backup', '--nonsense'], 2, /unknown option/i],
    [['verify', join(empty, 'nothing')], 1, /^There is no /],
    [['verify', empty], 1, /neither a backup nor a data folder/],
    [['backup', '--data', empty], 1, /no database/],
  ]
  for (const [args, code, sentence] of cases) {
    const ended = await run(...args)
    expect([args, ended.code, ended.stdout, ended.stderr.trim().split('\n').length]).toEqual([args, code, '', 1])
    expect(ended.stderr).toMatch(sentence)
  }
}, 120_000)

describe('a data folder that cannot be used ends with one sentence and exit code 2', () => {
  const refusedBy = async (data: string) => {
    const { code, stdout, stderr } = await run('--port', '0', '--data', data, '--log-level', 'silent')
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }

  test('a file, a folder of others, a folder for a database', async () => {
    const dir = await newDir()
    await writeFile(join(dir, 'file'), '')
    await mkdir(join(dir, 'odd', 'parlor.db'), { recursive: true })
    expect(await refusedBy(join(dir, 'file'))).toBe(`${join(dir, 'file')} is not a folder, or leads to none.\n`)
    expect(await refusedBy(dir)).toContain('holds other things')
    expect(await refusedBy(join(dir, 'odd'))).toContain('Something else is in')
  }, 60_000)

  test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
    'a full disk and one that is read-only, and nothing is left there',
    async () => {
      const disk = await newDir()
      const mount = (...args: string[]) => expect(spawnSync('/bin/mount', args).status).toBe(0)
      mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk)
      onTestFinished(() => void spawnSync('/bin/umount', [disk]))
      const data = join(disk, 'data')
      await writeFile(join(disk, 'fill'), Buffer.alloc(40_960))
      expect(await refusedBy(data)).toContain('is full')
      expect(await readdir(disk)).toEqual(['fill'])

      mount('-o', 'remount,ro', disk)
      expect(await refusedBy(data)).toBe(`The disk of ${data} is read-only.\n`)
    },
    60_000,
  )

  test('one this user may not write to', async () => {
    const dir = await newDir()
    await chmod(dir, 0o555)
    // Nothing is forbidden to root.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const refused = start(['--port', '0', '--data', join(dir, 'data'), '--log-level', 'silent'], nobody)
    expect([(await refused.ended).code, refused.heard.stderr]).toEqual([
      2,
      `This user may not read and write everything in ${join(dir, 'data')}.\n`,
    ])
  }, 60_000)
})
