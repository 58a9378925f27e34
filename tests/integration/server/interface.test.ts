import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '#server'
import { expect, onTestFinished, test } from 'vitest'
import { securityHeaders } from '#shared/security-headers'
import { canary, makeInterfaceDir } from '../../support/interface-dir'
import { openParlor } from '../../support/open-parlor'
import { rawRequest, requestHead } from '../../support/raw-http'
import { storeWorker } from '../../support/store-worker'

const headersOf = (connect: "'self'") =>
  Object.fromEntries(Object.entries(securityHeaders(connect)).map(([name, value]) => [name.toLowerCase(), value]))

async function open() {
  const parlor = await openParlor({ webDir: await makeInterfaceDir() })
  const { port } = parlor.server
  return {
    port,
    get: (target: string, more: string[] = []) =>
      rawRequest(port, requestHead('GET', target, [`Host: 127.0.0.1:${port}`, ...more])),
  }
}

test('the page is served at the root and at every room code', async () => {
  const { get } = await open()
  for (const target of ['/', '/ABC234', '/abc-234', '/?x=1', '/ABCDEFGHJK'])
    expect(await get(target)).toMatchObject({
      status: 200,
      body: expect.stringContaining(canary) as string,
      headers: { 'cache-control': 'no-cache', 'content-type': expect.stringContaining('text/html') as string },
    })
})

test('hashed assets are kept for ever and other files asked for again', async () => {
  const { get } = await open()
  expect((await get('/assets/index-abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await get('/favicon.svg')).headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'image/svg+xml',
  })
})

test('a server whose interface is no folder does not start, and leaves nothing open', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const options = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    storeWorker: storeWorker(),
    report: fail,
    onDeath: fail,
  }
  const elsewhere = await mkdtemp(join(tmpdir(), 'parlor-page-'))
  onTestFinished(() => rm(elsewhere, { recursive: true }))
  const webDir = join(elsewhere, 'page.html')
  await writeFile(webDir, '')
  await expect(startServer({ ...options, webDir })).rejects.toThrow('directory')
  const server = await startServer(options)
  await server.close()
})

function fail(error: unknown): never {
  throw error
}

test('nothing outside the folder, hidden or unknown is served', async () => {
  const { get } = await open()
  const targets = [
    ...['/secret.txt', '/../secret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt'],
    ...['/..%5csecret.txt', '/assets/..%2f..%2fsecret.txt', '/%00', '/index.html%00.js', '/%', '/%zz', '//secret.txt'],
    ...['/.hidden', '/assets/.hidden', '/assets/', '/no', '/no/such/page', '/ABC', '/socket.io/'],
    ...[`/${'a'.repeat(4_000)}`, '/assets/index-abc123.js/', '/....//secret.txt', '/%252e%252e/secret.txt'],
  ]
  for (const target of targets) {
    const { status, body } = await get(target)
    expect([
      target,
      status < 500 && status >= 300 && status !== 101,
      /secret-file|hidden-file|canary/.test(body),
    ]).toEqual([target, true, false])
  }
})

test('every answer carries the security headers, refusals too', async () => {
  const { port, get } = await open()
  const answers = [
    await get('/'),
    await get('/healthz'),
    await get('/no'),
    await get('/%'),
    await rawRequest(port, requestHead('GET', '/', ['Host: evil.example'])),
    await rawRequest(port, requestHead('POST', '/', [`Host: 127.0.0.1:${port}`, 'Origin: null', 'Content-Length: 0'])),
  ]
  for (const { headers } of answers) expect(headers).toMatchObject(headersOf("'self'"))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 400, 421, 403])
})

test('health is answered without a body and readiness says so', async () => {
  const { get } = await open()
  expect(await get('/healthz')).toMatchObject({ status: 200, body: 'ok' })
  expect(await get('/readyz')).toMatchObject({ status: 200, body: 'ok' })
})

test('too many or too long headers are refused', async () => {
  const { get } = await open()
  expect(
    (
      await get(
        '/healthz',
        Array.from({ length: 57 }, (_, n) => `X-${n}: y`),
      )
    ).status,
  ).toBe(200)
  expect(
    (
      await get(
        '/healthz',
        Array.from({ length: 70 }, (_, n) => `X-${n}: y`),
      )
    ).status,
  ).toBe(431)
  expect(
    (
      await get(
        '/healthz',
        Array.from({ length: 2_000 }, (_, n) => `X-${n}: y`),
      )
    ).status,
  ).toBe(431)
  expect((await get('/healthz', [`X-Long: ${'y'.repeat(9_000)}`])).status).toBe(431)
})

test('a request that never ends is closed', async () => {
  const parlor = await openParlor({ limits: { headersTimeoutMs: 300, requestTimeoutMs: 600, connectionCheckMs: 100 } })
  const { port } = parlor.server
  const started = Date.now()
  const answers = await Promise.all([
    rawRequest(port, `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `),
    rawRequest(port, `POST /x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\nabc`),
  ])
  expect(answers.map(({ status }) => [408, 404, 0].includes(status))).toEqual([true, true])
  expect(Date.now() - started).toBeLessThan(6_000)
})
