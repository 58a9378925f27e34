import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import type { Platform, RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import type * as Web from '../../../src/renderer/platform/web'
import { openParlor } from '../../support/open-parlor'
import { readFile } from './own-files'
import { serverUrl, startClient, value } from './start-client'

const executablePath = process.env['PARLOR_CHROMIUM'] ?? '/usr/bin/chromium'
let browser: Browser
let webDir: string

/** The page's platform without the interface over it. */
beforeAll(async () => {
  browser = await chromium.launch({ executablePath, args: ['--host-resolver-rules=MAP lan.test 127.0.0.1'] })
  webDir = await mkdtemp(join(tmpdir(), 'parlor-web-'))
  await mkdir(join(webDir, 'assets'))
  await writeFile(join(webDir, 'index.html'), '<!doctype html><script src="/assets/platform.js"></script>')
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(webDir, 'assets'),
      lib: { entry: 'src/renderer/platform/web.ts', name: 'Web', formats: ['iife'], fileName: () => 'platform.js' },
    },
  })
}, 60_000)
afterAll(async () => {
  await browser.close()
  await rm(webDir, { recursive: true })
})

async function openGuest(origin: string) {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  onTestFinished(async () => {
    await page.close()
    expect(problems).toEqual([])
  })
  await page.goto(origin)
  await start(page)
  return page
}

const start = (page: Page) =>
  page.evaluate(() => {
    const { createWebPlatform } = Reflect.get(globalThis, 'Web') as typeof Web
    const options = { page: window, storage: localStorage, report: reportError }
    Object.assign(globalThis, { platform: createWebPlatform(options) })
  })

const patternOf = (size: number) =>
  Buffer.from(Array.from({ length: size }, (_, place) => (place * 7 + (place >> 9)) % 256))

const sendPattern = (page: Page, key: RoomKey, fileId: FileId, size: number) =>
  page.evaluate(
    async ([room, id, length]) => {
      const platform = Reflect.get(globalThis, 'platform') as Platform
      const must = async (reply: Promise<{ ok: boolean }>) => {
        const answered = await reply
        if (!answered.ok) throw new Error(JSON.stringify(answered))
      }
      await must(platform.joinRoom({ name: 'Grace', address: room, remember: true }))
      const bytes = Uint8Array.from({ length }, (_, place) => (place * 7 + (place >> 9)) % 256)
      for (let offset = 0; offset < length; offset += 1_048_576) {
        await must(platform.keepFile({ key: room, fileId: id, offset, bytes: bytes.slice(offset, offset + 1_048_576) }))
      }
      const file = { fileId: id, name: 'plan.bin', type: 'application/octet-stream', size: length, looks: {} } as const
      const clientKey = '0190b2a4-7f2e-7cc0-a3f1-0242ac120002' as never
      await must(platform.sendMessage({ key: room, clientKey, text: 'the plan', files: [file] }))
    },
    [key, fileId, size] as const,
  )

test('a guest’s upload goes on after a reload, and anybody can save the file', async () => {
  const parlor = await openParlor({ webDir, names: ['lan.test'] })
  const origin = `http://lan.test:${parlor.server.port}`
  const ada = startClient(parlor)
  const { key } = await value(ada.createRoom({ server: serverUrl(parlor.url), name: 'Ada' }))
  const guestsKey = key.replace(parlor.url, origin) as RoomKey
  const fileId = '8a7d7e0e-9c0f-4d3c-8a69-0d9e0a4f7b11' as FileId
  const size = 5_000_000
  const page = await openGuest(origin)
  const offsets: (string | undefined)[] = []
  page.on('response', (response) => {
    if (response.request().method() === 'HEAD') offsets.push(response.headers()['upload-offset'])
  })
  let pieces = 0
  await page.route('**/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH' || pieces++ < 3) return route.continue()
    return route.abort()
  })
  await sendPattern(page, guestsKey, fileId, size)
  await vi.waitFor(() => expect(pieces).toBeGreaterThan(3), { timeout: 15_000 })

  await page.reload()
  await page.unroute('**/uploads/*')
  await start(page)
  await ada.sees(key, ['the plan'])

  expect(offsets[0]).toBe('0')
  expect(offsets.at(-1)).toBe(String(3 * 1_048_576))
  expect((await readFile(ada, key, fileId)).equals(patternOf(size))).toBe(true)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(
      ([room, id]) => (Reflect.get(globalThis, 'platform') as Platform).saveFile({ key: room, fileId: id, name: 'x' }),
      [guestsKey, fileId] as const,
    ),
  ])
  expect(download.suggestedFilename()).toBe('plan.bin')
}, 60_000)
