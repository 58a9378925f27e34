import type { Page } from '@playwright/test'
import { sha256 } from '../support/files'
import { read } from '../support/files'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { otherFile } from './support/make-files'
import { openSlowLine } from './support/open-slow-line'
import { expect, test } from './support/parlor'
import { hostAs } from './support/scripted-person'

const on = (page: Page) => [roomPage(page), filesOn(page)] as const
const percentOf = async (page: Page, name: string) =>
  Number(await filesOn(page).progress(name).getAttribute('value', { timeout: 2_000 }))

test('a file on its way shows how far it is, is paused, goes on and is cancelled', async ({
  launchApp,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const line = await openSlowLine(port, 1_500_000)
  const { page } = await launchApp({ name: 'ada' })
  const [ada, files] = on(page)
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${line.port}/${grace.roomId}` })
  await ada.isOpen('Lobby')

  await files.drop(ada.log, [otherFile('film.bin', 12_000_000)])
  await expect(files.send).toBeEnabled()
  await ada.composer.fill('The film')
  await ada.composer.press('Enter')
  await expect.poll(() => percentOf(page, 'film.bin')).toBeGreaterThan(10)

  // What is written after it does not wait for it.
  await ada.send('Coming')
  expect((await grace.heard('message_posted')).map(({ message }) => message.text)).toEqual(['Coming'])

  await files.uploadButton('Pause sending', 'film.bin').click()
  await expect(ada.message('The film')).toContainText(/Paused at .* of 12 MB/)
  const before = line.uploaded()
  await ada.send('Wait')
  await grace.heard('message_posted', 2)
  // A piece may have been on its way.
  expect(line.uploaded() - before).toBeLessThan(1_100_000)

  await files.uploadButton('Go on sending', 'film.bin').click()
  await expect(ada.message('The film')).toContainText(/of 12 MB/)
  await expect(ada.message('The film')).not.toContainText('Paused')

  await files.drop(ada.log, [otherFile('second.bin', 6_000_000)])
  await expect(files.send).toBeEnabled()
  await files.send.click()
  await expect(files.progress('second.bin')).toBeVisible()
  await files.uploadButton('Do not send', 'second.bin').click()
  await expect(ada.message('second.bin')).toHaveCount(0)

  line.hurry()
  const posted = await grace.heard('message_posted', 3)
  expect(posted[2]?.message).toMatchObject({ text: 'The film', attachments: [{ name: 'film.bin', size: 12_000_000 }] })
  await expect(ada.waiting).toHaveCount(0)
  line.close()
  grace.close()
})

test('an upload goes on from where it was when the app is restarted', async ({ launchApp, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const line = await openSlowLine(port, 2_000_000)
  const first = await launchApp({ name: 'ada' })
  const [ada, files] = on(first.page)
  const film = otherFile('film.bin', 16_000_000)
  await startPage(first.page).join({ as: 'Ada', at: `127.0.0.1:${line.port}/${grace.roomId}` })
  await ada.isOpen('Lobby')
  await files.drop(ada.log, [film])
  await expect(files.send).toBeEnabled()
  await files.send.click()
  await expect.poll(() => percentOf(first.page, 'film.bin'), { timeout: 30_000 }).toBeGreaterThan(40)
  await first.close()
  expect(grace.heardSoFar('message_posted')).toEqual([])

  line.hurry()
  const { page } = await launchApp({ name: 'ada', profile: first.profile })
  const [again] = on(page)
  await again.isOpen('Lobby')
  const [posted] = await grace.heard('message_posted')
  const [attachment] = posted?.message.attachments ?? []
  expect(attachment).toMatchObject({ name: 'film.bin', size: film.buffer.length })
  // Of what the server had, one piece at most came twice.
  expect(line.uploaded()).toBeLessThan(film.buffer.length + 2_200_000)
  const answer = await read(url, grace, attachment?.fileId ?? '')
  expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(film.buffer))
  line.close()
  grace.close()
})

test('in a browser an upload goes on from where it was when the page is reloaded', async ({
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}` })
  const [ada, files] = on(page)
  const film = otherFile('film.bin', 8_000_000)
  let [isHeld, sent] = [true, 0]
  await page.route('**/uploads/*', async (route) => {
    const bytes = route.request().postDataBuffer()?.length ?? 0
    if (route.request().method() === 'PATCH' && isHeld && sent > 3_000_000) return
    sent += bytes
    await route.continue()
  })
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Lobby')
  await files.choose(() => files.attach.click(), [film])
  await expect(files.send).toBeEnabled()
  await files.send.click()
  await expect.poll(() => percentOf(page, 'film.bin'), { timeout: 30_000 }).toBeGreaterThan(35)
  const before = sent

  await page.reload()
  isHeld = false
  await ada.isOpen('Lobby')
  const [posted] = await grace.heard('message_posted')
  expect(posted?.message.attachments).toMatchObject([{ name: 'film.bin', size: film.buffer.length }])
  expect(sent - before).toBeLessThan(film.buffer.length * 0.65)
  await expect(ada.waiting).toHaveCount(0)
  grace.close()
})
