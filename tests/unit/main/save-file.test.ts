import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFileSaver } from '../../../src/main/files/save-file'
import type { RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { openFileServer } from './open-file-server'

const wanted = { key: 'http://192.168.1.5:4545/ABC234' as RoomKey, fileId: randomUUID() as FileId, name: 'plan.pdf' }

async function desk(answer: RequestListener, platform: NodeJS.Platform = 'linux') {
  const dir = await mkdtemp(join(tmpdir(), 'parlor-save-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const url = await openFileServer(answer)
  const suggested: (string | undefined)[] = []
  const place: { target: string | undefined } = { target: join(dir, 'saved.pdf') }
  const save = createFileSaver({
    openFile: () => Promise.resolve({ ok: true, value: { url, lastsMs: 1 } }),
    ask({ defaultPath }) {
      suggested.push(defaultPath)
      return Promise.resolve(place.target)
    },
    downloads: () => '/home/ada/Downloads',
    platform,
    pace: { patienceMs: 300, leastPerSecond: 1_000 },
  })
  return { dir, save, suggested, place }
}

/** A byte now and then, for longer than any test waits. */
function trickle(answer: ServerResponse) {
  const timer = setInterval(() => answer.write('x'), 20)
  answer.once('close', () => clearInterval(timer))
}

const whole: RequestListener = (_request, answer) => answer.writeHead(200, { 'Content-Length': '4' }).end('plan')

test('a file is saved where the person says, whatever its sender calls it', async () => {
  const { dir, save, suggested } = await desk(whole)

  expect(await save({ ...wanted, name: '../../../.bashrc' })).toEqual({ ok: true, value: { isSaved: true } })
  expect(await readdir(dir)).toEqual(['saved.pdf'])
  expect(await readFile(join(dir, 'saved.pdf'), 'utf8')).toBe('plan')
  expect(suggested).toEqual([join('/home/ada/Downloads', 'bashrc')])
})

test('a person who changes their mind saves nothing', async () => {
  const { dir, save, place } = await desk(whole)
  place.target = undefined

  expect(await save(wanted)).toEqual({ ok: true, value: { isSaved: false } })
  expect(await readdir(dir)).toEqual([])
})

test.each<[string, RequestListener]>([
  [
    'is cut short',
    (_request, answer) => answer.writeHead(200, { 'Content-Length': '8' }).write('plan', () => answer.destroy()),
  ],
  ['says nothing of its length', (_request, answer) => answer.writeHead(200).end('plan')],
  ['is only a part', (_request, answer) => answer.writeHead(206, { 'Content-Length': '4' }).end('plan')],
  ['is no longer there', (_request, answer) => answer.writeHead(404, { 'Content-Length': '4' }).end('gone')],
  ['is somewhere else', (_request, answer) => answer.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()],
  ['never comes', ({ socket }) => socket.destroy()],
])('a file that %s leaves what was there as it was', async (_what, answer) => {
  const { dir, save } = await desk(answer)
  await writeFile(join(dir, 'saved.pdf'), 'an earlier plan')

  expect(await save(wanted)).toEqual({ ok: false, error: { code: 'offline' } })
  expect(await readdir(dir)).toEqual(['saved.pdf'])
  expect(await readFile(join(dir, 'saved.pdf'), 'utf8')).toBe('an earlier plan')
})

test.each<[string, RequestListener]>([
  ['stops after its headers', (_request, answer) => answer.writeHead(200, { 'Content-Length': '8' }).flushHeaders()],
  ['stops in the middle', (_request, answer) => answer.writeHead(200, { 'Content-Length': '8' }).write('plan')],
  ['only trickles', (_request, answer) => trickle(answer.writeHead(200, { 'Content-Length': '8000' }))],
])('a file that %s is given up, can be tried again, and leaves nothing half saved', async (_what, answer) => {
  const { dir, save } = await desk(answer)

  expect(await save(wanted)).toEqual({ ok: false, error: { code: 'timed_out' } })
  expect(await readdir(dir)).toEqual([])
})

test('a place that takes no files is said to be one', async () => {
  const { dir, save, place } = await desk(whole)
  place.target = join(dir, 'no such folder', 'saved.pdf')

  expect(await save(wanted)).toEqual({ ok: false, error: { code: 'not_kept' } })
  expect(await readdir(dir)).toEqual([])
})

test('Windows is told that a file came from elsewhere', async () => {
  const { dir, save } = await desk(whole, 'win32')

  expect(await save(wanted)).toEqual({ ok: true, value: { isSaved: true } })
  // On other systems the mark is a file of its own, which shows that it was made.
  const mark = (await readdir(dir)).find((name) => name.endsWith(':Zone.Identifier')) ?? ''
  expect(await readFile(join(dir, mark), 'utf8')).toBe('[ZoneTransfer]\r\nZoneId=3\r\n')
})
