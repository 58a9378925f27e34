import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { expect, test } from './support/parlor'

const damages: Record<string, (file: string) => void> = {
  'full of NUL': (file) => writeFileSync(file, Buffer.alloc(2_048)),
  folders: (file) => {
    rmSync(file)
    mkdirSync(join(file, 'within'), { recursive: true })
  },
}

for (const [kind, damage] of Object.entries(damages)) {
  test(`a host whose settings and rooms are ${kind} is host in their room again, and told once`, async ({
    launchApp,
  }) => {
    const first = await launchApp({ name: 'ada' })
    await startPage(first.page).host({ as: 'Ada', title: 'Lobby' })
    await roomPage(first.page).isOpen('Lobby')
    await first.close()
    for (const name of ['settings.json', 'rooms.journal']) damage(join(first.profile, name))

    const { page, close } = await launchApp({
      name: 'ada-again',
      profile: first.profile,
      env: { PARLOR_PORT: String(first.port) },
    })

    const room = roomPage(page)
    await room.isOpen('Lobby')
    await expect(page.getByText('online').first()).toBeVisible()
    await room.composer.fill('Here again')
    await room.composer.press('Enter')
    await expect(room.log).toContainText('Here again')
    const notices = page.getByRole('region', { name: 'What was found on this computer' }).getByRole('alert')
    await expect(notices).toHaveCount(2)
    await expect(notices.last()).toContainText('.damaged-1')
    for (const left of [1, 0]) {
      await notices.first().getByRole('button', { name: 'Close' }).click()
      await expect(notices).toHaveCount(left)
    }
    await page.reload()
    await room.isOpen('Lobby')
    await expect(notices).toHaveCount(0)
    await close()
  })
}

test('a page that crashes at once is not reloaded without end', async ({ launchApp }) => {
  const { app, page } = await launchApp({ name: 'ada' })
  await page.waitForLoadState()
  const seen = await app.evaluate(async ({ dialog, webContents }) => {
    const contents = webContents.getAllWebContents()[0]!
    // Before the first page is there, nothing is there to crash.
    if (contents.isLoading()) await new Promise<void>((resolve) => contents.once('did-stop-loading', () => resolve()))
    let loads = 0
    const asked = new Promise<void>((resolve) => {
      dialog.showMessageBox = () => {
        resolve()
        return Promise.resolve({ response: 0, checkboxChecked: false })
      }
    })
    const crash = () => {
      loads += 1
      if (loads <= 3) contents.forcefullyCrashRenderer()
    }
    contents.on('did-finish-load', crash)
    contents.forcefullyCrashRenderer()
    await asked
    return loads
  })
  expect(seen).toBe(3)
})
