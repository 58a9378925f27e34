import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import type { AppState, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
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

async function hostRoom(page: Page): Promise<RoomKey> {
  const reply = await page.evaluate(() =>
    (globalThis as unknown as WindowWithBridge).parlor.calls.hostRoom({
      name: 'Ada',
      title: 'Lobby',
      retention: 'forever',
      remember: true,
    }),
  )
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.key
}

const say = (page: Page, key: RoomKey, text: string) =>
  page.evaluate((input) => (globalThis as unknown as WindowWithBridge).parlor.calls.sendMessage(input), {
    key,
    clientKey: uuidv7() as ClientKey,
    text,
  })

const said = async (page: Page) =>
  (await state(page)).rooms.flatMap(({ messages, pending }) =>
    pending.length > 0 ? ['pending'] : messages.map(({ text }) => text),
  )

test('rooms that are damaged go on from the copy the screen offers, and the damaged ones are kept', async ({
  launchApp,
}) => {
  const first = await launchApp({ name: 'ada' })
  const key = await hostRoom(first.page)
  await say(first.page, key, 'before the copy')
  await expect.poll(() => said(first.page)).toEqual(['before the copy'])
  await first.close()

  const data = join(first.profile, 'server')
  expect((await readdir(join(data, 'backups'))).length).toBe(1)
  const file = await open(join(data, 'parlor.db'), 'r+')
  await file.write(Buffer.alloc(4_096, 0xff), 0, 4_096, 4_096)
  await file.close()
  const damaged = await readFile(join(data, 'parlor.db'))

  const { page } = await launchApp({ name: 'ada', profile: first.profile, env: { PARLOR_PORT: String(first.port) } })
  const offer = page.getByRole('button', { name: /^Start with the copy of today, / })
  await expect(offer).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('offer.png') })
  await offer.click()

  await expect.poll(async () => (await state(page)).hosting.state).toBe('running')
  await expect.poll(() => said(page)).toEqual(['before the copy'])
  await expect(offer).toBeHidden()
  const [aside = ''] = (await readdir(data)).filter((name) => name.startsWith('aside-'))
  expect(damaged.equals(await readFile(join(data, aside, 'parlor.db')))).toBe(true)
})
