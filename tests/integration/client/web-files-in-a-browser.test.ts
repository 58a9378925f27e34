import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { FileId } from '#shared/protocol/ids'
import type * as WebFiles from '../../../src/renderer/platform/web-files'

const executablePath = process.env['PARLOR_CHROMIUM'] ?? '/usr/bin/chromium'
const fileId = '8a7d7e0e-9c0f-4d3c-8a69-0d9e0a4f7b11' as FileId
const other = '0190b2a4-7f2e-7cc0-a3f1-0242ac120002' as FileId
const day = 86_400_000
let browser: Browser
let code: string

beforeAll(async () => {
  browser = await chromium.launch({ executablePath, args: ['--host-resolver-rules=MAP lan.test 127.0.0.1'] })
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: 'src/renderer/platform/web-files.ts', name: 'WebFiles', formats: ['iife'] } },
  })
  const [bundle] = [built].flat()
  if (!bundle || !('output' in bundle)) expect.fail('nothing was built')
  code = bundle.output[0].code
}, 60_000)
afterAll(() => browser.close())

/** A page of an office's server, which no browser calls secure. */
async function openPage(): Promise<Page> {
  const site = createServer(({ url }, response) => {
    const isScript = url === '/web-files.js'
    response
      .setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
      .end(isScript ? code : '<!doctype html><script src="/web-files.js"></script>')
  })
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  const page = await browser.newPage()
  onTestFinished(async () => {
    await page.close()
    site.closeAllConnections()
    site.close()
  })
  await page.goto(`http://lan.test:${(site.address() as AddressInfo).port}/`)
  return page
}

test('files are kept in pieces over a reload, read from any place, and forgotten', async () => {
  const page = await openPage()
  await page.evaluate(
    async ([id, second]) => {
      const { createWebFiles } = Reflect.get(globalThis, 'WebFiles') as typeof WebFiles
      const files = createWebFiles(indexedDB)
      const bytes = (value: number, size: number) => new Uint8Array(size).fill(value)
      await files.write(id, 0, bytes(9, 10))
      await files.write(id, 0, bytes(1, 1_048_576))
      await files.write(id, 1_048_576, bytes(2, 1_000))
      await files.write(id, 1_049_576, bytes(3, 500_000))
      await files.write(second, 0, bytes(7, 3))
      await files.sync(id)
    },
    [fileId, other] as const,
  )
  await page.reload()

  const found = await page.evaluate(
    async ([id, second]) => {
      const { createWebFiles } = Reflect.get(globalThis, 'WebFiles') as typeof WebFiles
      const files = createWebFiles(indexedDB)
      const read = async (start: number, end: number) => {
        const bytes = await files.read(id, start, end)
        const runs: [number, number][] = []
        for (const byte of bytes) {
          const last = runs.at(-1)
          if (last?.[0] === byte) last[1]++
          else runs.push([byte, 1])
        }
        return runs
      }
      const reads = [
        await read(0, 1_048_576),
        await read(1_048_575, 1_049_577),
        await read(1_048_576, 2_000_000),
        await read(1_549_570, 1_600_000),
        await read(5_000_000, 6_000_000),
      ]
      await files.remove(id)
      return { reads, removed: await read(0, 10), other: [...(await files.read(second, 0, 10))] }
    },
    [fileId, other] as const,
  )

  expect(found).toEqual({
    reads: [
      [[1, 1_048_576]],
      [
        [1, 1],
        [2, 1_000],
        [3, 1],
      ],
      [
        [2, 1_000],
        [3, 500_000],
      ],
      [[3, 6]],
      [],
    ],
    removed: [],
    other: [7, 7, 7],
  })
})

test('what another tab may still be writing is not taken for left behind', async () => {
  const page = await openPage()

  const left = await page.evaluate(
    async ([id, second, later]) => {
      const { createWebFiles } = Reflect.get(globalThis, 'WebFiles') as typeof WebFiles
      let now = 0
      const files = createWebFiles(indexedDB, () => now)
      await files.write(id, 0, new Uint8Array(3))
      now = later
      await files.write(second, 0, new Uint8Array(3))
      const before = await files.leftBehind()
      now = later + 1
      return [before, await files.leftBehind()]
    },
    [fileId, other, day] as const,
  )

  expect(left).toEqual([[], [fileId]])
})

test('a browser that keeps no files says so, and is asked again', async () => {
  const page = await openPage()

  const outcome = await page.evaluate(async (id) => {
    const { createWebFiles } = Reflect.get(globalThis, 'WebFiles') as typeof WebFiles
    let isForbidden = true
    const factory = {
      open: (name: string, version: number) => {
        if (isForbidden) throw new DOMException('no', 'SecurityError')
        return indexedDB.open(name, version)
      },
    } as IDBFactory
    const files = createWebFiles(factory)
    const write = () =>
      files.write(id, 0, new Uint8Array(3)).then(
        () => 'kept',
        (error: unknown) => (error as Error).name,
      )
    const first = await write()
    isForbidden = false
    return [first, await write()]
  }, fileId)

  expect(outcome).toEqual(['SecurityError', 'kept'])
})
