import type { Page } from '@playwright/test'
import { lines, sameEverywhere, saidBy, sendAll } from './pages/conversation'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { pngFile } from './support/make-files'
import { expect, test } from './support/parlor'

/** Whether a picture in the log is decoded, not only there. */
const shows = (page: Page, name: string) =>
  filesOn(page)
    .image(name)
    .evaluate((image: HTMLImageElement) => image.naturalWidth > 0)

// Runs where PARLOR_E2E_APP names an installed app: npm run test:packaged
test('the installed app hosts, is joined by another and by a browser, and survives its server', async ({
  launchApp,
  launchGuest,
}) => {
  test.setTimeout(300_000)
  const adasApp = await launchApp({ name: 'ada' })
  expect(await adasApp.app.evaluate(({ app }) => app.isPackaged)).toBe(true)
  const ada = roomPage(adasApp.page)
  await startPage(adasApp.page).host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  const code = await ada.code()

  const gracesApp = await launchApp({ name: 'grace' })
  await startPage(gracesApp.page).join({ as: 'Grace', at: `127.0.0.1:${adasApp.port}/${code}` })
  const grace = roomPage(gracesApp.page)
  await grace.isOpen('Lobby')
  const phone = await launchGuest({ name: 'linus', port: adasApp.port, path: `/${code}` })
  await startPage(phone.page).enter({ as: 'Linus' })
  const linus = roomPage(phone.page)
  await linus.isOpen('Lobby')

  const killed = await adasApp.serverPid()
  const [fromAda, fromGrace, fromLinus] = ['Ada', 'Grace', 'Linus'].map((name) => lines(name, 'notes', 4))
  const talking = Promise.all([sendAll(ada, fromAda!), sendAll(grace, fromGrace!), sendAll(linus, fromLinus!)])
  await expect(grace.message('Linus notes 1')).toBeVisible()
  process.kill(killed!, 'SIGKILL')
  await talking

  const transcript = await sameEverywhere([ada, grace, linus], 12)
  expect(saidBy(transcript, 'Ada')).toEqual(fromAda)
  expect(saidBy(transcript, 'Grace')).toEqual(fromGrace)
  expect(saidBy(transcript, 'Linus')).toEqual(fromLinus)

  const files = filesOn(gracesApp.page)
  await files.drop(grace.log, [pngFile('sunset.png', 1600, 900, [240, 120, 60])])
  await expect(files.send).toBeEnabled()
  await grace.composer.fill('From the balcony')
  await grace.composer.press('Enter')
  for (const { page } of [adasApp, gracesApp, phone]) await expect.poll(() => shows(page, 'sunset.png')).toBe(true)

  await adasApp.close()
  await grace.send('Until later')
  const adasNextApp = await launchApp({ name: 'ada', profile: adasApp.profile })
  const adaAgain = roomPage(adasNextApp.page)
  await adaAgain.isOpen('Lobby')
  await expect(adaAgain.message('Until later')).toBeVisible({ timeout: 20_000 })
  await expect(linus.message('Until later')).toBeVisible({ timeout: 20_000 })
  await sameEverywhere([adaAgain, grace, linus], 14)
})
