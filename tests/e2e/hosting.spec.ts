import type { Page } from '@playwright/test'
import type { AppState, ClientReply, RoomKey } from '#shared/bridge'
import type { DesktopBridge } from '../../src/renderer/platform/desktop'
import { expect, test } from './support/parlor'

interface WindowWithBridge {
  parlor: DesktopBridge
}

const state = (page: Page): Promise<AppState> =>
  page.evaluate(async () => {
    const reply = await (globalThis as unknown as WindowWithBridge).parlor.calls.getState({})
    if (!reply.ok) throw new Error(reply.error.code)
    return reply.value
  })
const host = (page: Page): Promise<ClientReply<{ key: RoomKey }>> =>
  page.evaluate(() =>
    (globalThis as unknown as WindowWithBridge).parlor.calls.hostRoom({ name: 'Ada', title: 'Lobby', remember: true }),
  )

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('nothing listens until somebody hosts; then it does, on the port the screen shows', async ({ launchApp }) => {
  const { page, port, serverPid } = await launchApp({ name: 'ada' })
  expect((await state(page)).hosting).toEqual({ state: 'stopped' })
  expect(await serverPid()).toBeUndefined()

  expect((await host(page)).ok).toBe(true)
  const address = `http://127.0.0.1:${port}`
  expect((await state(page)).hosting).toMatchObject({ state: 'running', port, wantedPort: port, addresses: [address] })
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
})

test('a second host on one computer takes the next port', async ({ launchApp }) => {
  const ada = await launchApp({ name: 'ada' })
  const grace = await launchApp({ name: 'grace', env: { PARLOR_PORT: String(ada.port) } })
  await host(ada.page)
  await host(grace.page)

  const hosting = (await state(grace.page)).hosting
  expect(hosting).toMatchObject({ state: 'running', wantedPort: ada.port })
  expect(hosting.state === 'running' && hosting.port).toBeGreaterThan(ada.port)
})

test('a killed server comes back by itself, on its port, with its rooms', async ({ launchApp }) => {
  const { page, port, serverPid } = await launchApp({ name: 'ada' })
  await host(page)
  const before = (await serverPid())!
  process.kill(before, 'SIGKILL')

  await expect.poll(async () => (await state(page)).hosting.state).not.toBe('running')
  await expect
    .poll(async () => (await state(page)).connections.map((connection) => connection.state))
    .toEqual(['online'])
  const after = await state(page)
  expect(after.hosting).toMatchObject({ state: 'running', port })
  expect(after.rooms.map(({ room }) => room.title)).toEqual(['Lobby'])
  expect(await serverPid()).not.toBe(before)
})

test('quitting stops the server, and the next start brings the rooms back', async ({ launchApp }) => {
  const first = await launchApp({ name: 'ada' })
  await host(first.page)
  const pid = (await first.serverPid())!
  await first.close()
  await expect.poll(() => isRunning(pid)).toBe(false)

  const second = await launchApp({ name: 'ada', profile: first.profile, env: { PARLOR_PORT: String(first.port) } })
  await expect.poll(async () => (await state(second.page)).rooms.map(({ ready }) => ready)).toEqual([true])
  expect((await state(second.page)).hosting).toMatchObject({ state: 'running', port: first.port })
})

test('a killed app leaves no server behind', async ({ launchApp }) => {
  const { app, page, serverPid } = await launchApp({ name: 'ada' })
  await host(page)
  const pid = (await serverPid())!
  app.process().kill('SIGKILL')

  await expect.poll(() => isRunning(pid)).toBe(false)
})
