import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleFile } from '../../../src/main/windows/bundle-file'
import { createBundleServer } from '../../../src/main/windows/serve-bundle'

let work: string
let bundle: string

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'parlor-bundle-'))
  bundle = join(work, 'renderer')
  mkdirSync(join(bundle, 'assets'), { recursive: true })
  writeFileSync(join(bundle, 'index.html'), '<!doctype html>')
  writeFileSync(join(bundle, 'assets', 'index-a_b~1.js'), 'export {}')
  writeFileSync(join(bundle, 'assets', 'notes.txt'), 'not of a type that is served')
  writeFileSync(join(bundle, '.env'), 'SECRET=1')
  writeFileSync(join(work, 'secret.js'), 'secret')
  mkdirSync(join(work, 'renderer-other'))
  writeFileSync(join(work, 'renderer-other', 'index.html'), 'secret')
  symlinkSync(join(work, 'secret.js'), join(bundle, 'out.js'))
  symlinkSync(work, join(bundle, 'up'))
  symlinkSync(join(bundle, 'loop.js'), join(bundle, 'loop.js'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

const ups = [
  '..',
  '.',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '%2e.',
  '..;',
  '%252e%252e',
  '..%00',
  '..%20',
  '...',
  '%c0%ae%c0%ae',
]
const separators = ['/', '\\', '%2f', '%2F', '%5c', '%5C', '//', '/./', '%00/', '%255c']
const wanted = ['secret.js', 'renderer-other/index.html', 'etc/passwd']
const climbing = ups.flatMap((up) =>
  separators.flatMap((separator) =>
    wanted.flatMap((file) => [`${up}${separator}${file}`, `assets/${up}${separator}${up}${separator}${file}`]),
  ),
)
const odd = [
  '/etc/passwd',
  '//etc/passwd',
  'C:/Windows/win.ini',
  'C:%5CWindows',
  'file:///etc/passwd',
  'index.html%00',
  'index.html%00.js',
  'index.html/',
  'assets',
  'assets/',
  '.env',
  '%2eenv',
  'out.js',
  'up/secret.js',
  'up/renderer/index.html',
  'loop.js',
  'index.html::$DATA',
  'index%2ehtml%2f..',
  '%',
  '%zz',
  'a'.repeat(5_000),
  `${'a/'.repeat(3_000)}b`,
  'con',
  'nul.js',
]

test('no path leads out of the bundle or to what it hides', async () => {
  const paths = [...climbing, ...odd]
  expect(paths.length).toBeGreaterThanOrEqual(250)

  const found = []
  for (const path of paths) {
    const file = await bundleFile(bundle, `parlor-app://ui/${path}`)
    // Dots that a URL resolves away may name the start page; nothing else may come of these.
    if (file !== undefined && file !== join(bundle, 'index.html')) found.push({ path, file })
  }
  expect(found).toEqual([])
})

test('only our own host of our own scheme is answered', async () => {
  const addresses = [
    'parlor-app://other/index.html',
    'parlor-app://ui.evil/index.html',
    'parlor-app://ui:80/index.html',
    'parlor-app://user@ui/index.html',
    'parlor-app:///index.html',
    'parlor-app:ui/index.html',
    'http://ui/index.html',
    'file:///index.html',
    'not an address',
  ]
  const found = await Promise.all(addresses.map((address) => bundleFile(bundle, address)))
  expect(found.filter((file) => file !== undefined)).toEqual([])
})

test('the bundle is served with its type and the policy, everything else not at all', async () => {
  const serve = createBundleServer(bundle)
  const ask = async (path: string, method = 'GET') => {
    const answer = await serve(new Request(`parlor-app://ui/${path}`, { method }))
    const { status, headers } = answer
    const hasPolicy = headers.get('content-security-policy')?.includes("connect-src 'none'") ?? false
    return [status, headers.get('content-type'), hasPolicy, (await answer.text()).length]
  }

  expect(await ask('')).toEqual([200, 'text/html; charset=utf-8', true, 15])
  expect(await ask('assets/index-a_b~1.js?v=1#x')).toEqual([200, 'text/javascript; charset=utf-8', true, 9])
  expect(await ask('index.html', 'HEAD')).toEqual([200, 'text/html; charset=utf-8', true, 0])
  expect(await ask('index.html', 'POST')).toEqual([405, 'text/plain; charset=utf-8', true, 0])
  expect(await ask('assets/notes.txt')).toEqual([404, 'text/plain; charset=utf-8', true, 0])
  expect(await ask('missing.js')).toEqual([404, 'text/plain; charset=utf-8', true, 0])
})
