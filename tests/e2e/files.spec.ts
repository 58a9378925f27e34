import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { draftOf, post, upload } from '../support/files'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { bombFile, otherFile, pngFile, wavFile, type MadeFile } from './support/make-files'
import { expect, test } from './support/parlor'
import { hostAs } from './support/scripted-person'
import { watchFileRequests } from './support/watch-file-requests'

const orange = [240, 120, 60] as const
const green = [60, 160, 120] as const

const on = (page: Page) => [roomPage(page), filesOn(page)] as const
const asDraft = ({ name, buffer }: MadeFile, looks = {}) => draftOf(buffer, { name, looks })

test('what is pasted, dropped or chosen waits with a preview and goes with its caption', async ({
  launchApp,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchApp({ name: 'ada' })
  const [ada, files] = on(page)
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${port}/${grace.roomId}` })
  await ada.isOpen('Lobby')

  await files.paste(ada.composer, [pngFile('sunset.png', 1600, 900, orange)])
  await expect(files.tray.getByRole('img', { name: 'sunset.png' })).toBeVisible()
  await files.dragOver(ada.people, [otherFile('plan.docx', 10)])
  await expect(page.getByText('Drop to add to your message in Lobby')).toBeVisible()
  await files.drop(ada.people, [otherFile('plan.docx', 12_345), otherFile('wrong.zip', 99)])
  await expect(page.getByText('Drop to add to your message in Lobby')).toHaveCount(0)
  await ada.composer.focus()
  await files.choose(() => page.keyboard.press('Control+u'), [wavFile('tone.wav', 2)])
  await expect(files.items).toHaveText([/sunset\.png/, /plan\.docx\s*12 kB/, /wrong\.zip/, /tone\.wav/])

  await files.remove('wrong.zip').press('Enter')
  await expect(files.remove('tone.wav')).toBeFocused()
  await expect(files.send).toBeEnabled()
  await ada.composer.fill('From the balcony')
  await ada.composer.press('Enter')
  const [posted] = await grace.heard('message_posted')
  expect(posted?.message).toMatchObject({
    text: 'From the balcony',
    attachments: [
      { name: 'sunset.png', type: 'image/png', width: 1600, height: 900 },
      { name: 'plan.docx', type: 'application/octet-stream', size: 12_345 },
      { name: 'tone.wav', type: 'audio/wav', durationMs: 2_000 },
    ],
  })
  expect(posted?.message.attachments[0]?.thumbnailId).toBeTruthy()
  await expect(files.tray).toHaveCount(0)
  await expect(ada.composer).toHaveValue('')
  await expect(ada.waiting).toHaveCount(0)
  grace.close()
})

test('files that are empty, too large or too many are left out, and it is said which', async ({
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer({ args: ['--file-bytes', '1000000'] })
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}` })
  const [ada, files] = on(page)
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Lobby')

  await files.choose(() => files.attach.click(), [otherFile('huge.bin', 1_000_001), otherFile('fits.bin', 1_000)])
  await expect(files.tray.getByRole('alert')).toHaveText(/huge\.bin was left out: this server takes files up to 1 MB/)
  await expect(files.items).toHaveText([/fits\.bin/])
  await files.choose(() => files.attach.click(), [otherFile('nothing.bin', 0)])
  await expect(files.tray.getByRole('alert')).toHaveText(/nothing\.bin was left out: it is empty/)
  await files.choose(
    () => files.attach.click(),
    Array.from({ length: 10 }, (_, index) => otherFile(`${index}.bin`, 10)),
  )
  await expect(files.tray.getByRole('alert')).toHaveText(/A message takes 10 files at most/)
  await expect(files.items).toHaveCount(10)
  await files.send.click()
  const [posted] = await grace.heard('message_posted')
  expect(posted?.message.attachments).toHaveLength(10)
  grace.close()
})

test('a picture chosen while the server is away goes with its size and a preview', async ({
  launchGuest,
  launchServer,
  openCable,
}) => {
  const server = await launchServer()
  const cable = await openCable(server)
  const grace = await hostAs('Grace', server.url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port: cable.port, path: `/${grace.roomId}` })
  const [ada, files] = on(page)
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Lobby')
  await page.reload({ waitUntil: 'networkidle' })
  await ada.isOpen('Lobby')

  cable.pull()
  await expect(ada.strip).toContainText('What you write')
  await files.choose(() => files.attach.click(), [pngFile('sunset.png', 1600, 900, orange)])
  await expect(files.tray.getByRole('img', { name: 'sunset.png' })).toBeVisible()
  await files.send.click()
  await expect(ada.waiting).toHaveCount(1)
  cable.plug()

  await expect(ada.waiting).toHaveCount(0, { timeout: 20_000 })
  const [posted] = await grace.heard('message_posted')
  const [picture] = posted?.message.attachments ?? []
  expect(picture).toMatchObject({ name: 'sunset.png', type: 'image/png', width: 1600, height: 900 })
  expect(picture?.thumbnailId).toBeTruthy()
  grace.close()
})

test('a picture has its place before it is there, opens large and is saved', async ({ launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const [sunset, meadow] = [pngFile('sunset.png', 900, 600, orange), pngFile('meadow.png', 600, 900, green)]
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}` })
  const [ada, files] = on(page)
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Lobby')
  let release: (() => void) | undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/files/*', async (route) => {
    await held
    await route.continue()
  })

  await post(grace, [await upload(url, grace, asDraft(sunset))])
  await post(grace, [await upload(url, grace, asDraft(meadow))])
  const sizeOf = async (name: string) => {
    const { width = 0, height = 0 } = (await files.picture(name).boundingBox()) ?? {}
    return [Math.round(width), Math.round(height)]
  }
  const isLoaded = () => files.image('meadow.png').evaluate((image: HTMLImageElement) => image.naturalWidth > 0)
  await expect(files.image('meadow.png')).toBeAttached()
  const before = [await sizeOf('sunset.png'), await sizeOf('meadow.png')]
  expect(await isLoaded()).toBe(false)
  release?.()
  await expect.poll(isLoaded).toBe(true)
  expect([await sizeOf('sunset.png'), await sizeOf('meadow.png')]).toEqual(before)
  for (const [width = 0, height = 0] of before) expect(Math.max(width / height, height / width)).toBeCloseTo(1.5, 1)

  await files.picture('meadow.png').click()
  await expect(files.lightbox).toBeVisible()
  await expect(files.shown).toHaveAccessibleName('meadow.png')
  await page.keyboard.press('ArrowLeft')
  await expect(files.shown).toHaveAccessibleName('sunset.png')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await expect(files.shown).toHaveAccessibleName('meadow.png')

  const widthShown = async () => (await files.shown.boundingBox())?.width ?? 0
  const fitted = await widthShown()
  await page.keyboard.press('+')
  await expect.poll(widthShown).toBeCloseTo(fitted * 1.5, 0)
  await page.keyboard.press('0')
  await expect.poll(widthShown).toBeCloseTo(fitted, 0)
  await files.lightboxButton('Larger').click()
  await expect.poll(widthShown).toBeCloseTo(fitted * 1.5, 0)

  const [download] = await Promise.all([page.waitForEvent('download'), files.lightboxButton('Save').click()])
  expect(download.suggestedFilename()).toBe('meadow.png')
  expect(readFileSync(await download.path())).toEqual(meadow.buffer)
  await page.keyboard.press('Escape')
  await expect(files.lightbox).toHaveCount(0)
  await expect(files.picture('meadow.png')).toBeFocused()
  grace.close()
})

test('sound and video wait until somebody plays them', async ({ launchApp, launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page: adas } = await launchApp({ name: 'ada' })
  const [ada, adaFiles] = on(adas)
  await startPage(adas).join({ as: 'Ada', at: `127.0.0.1:${port}/${grace.roomId}` })
  await ada.isOpen('Lobby')
  const { page: linus } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}` })
  await startPage(linus).enter({ as: 'Linus' })
  const [, linusFiles] = on(linus)
  const asked = watchFileRequests(linus)

  const clip = await filmed(linus)
  await adaFiles.drop(ada.log, [wavFile('tone.wav', 3), clip])
  await expect(adaFiles.send).toBeEnabled()
  await adaFiles.send.click()
  const [posted] = await grace.heard('message_posted')
  const [tone, film] = posted?.message.attachments ?? []
  expect(film).toMatchObject({ name: 'clip.webm', type: 'video/webm', width: 320, height: 240 })

  await expect(linusFiles.play('tone.wav')).toBeVisible()
  await expect(linusFiles.play('clip.webm')).toBeVisible()
  // Of the film only its picture was asked for.
  expect(asked().filter((fileId) => fileId === tone?.fileId || fileId === film?.fileId)).toEqual([])
  await expect(linus.locator('video')).toHaveCount(0)

  await linusFiles.play('tone.wav').click()
  await expect(linusFiles.pause('tone.wav')).toBeVisible()
  await expect(linusFiles.play('tone.wav')).toBeVisible({ timeout: 10_000 })
  await linusFiles.play('clip.webm').click()
  const isPlayed = () => linus.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime > 0)
  await expect.poll(isPlayed).toBe(true)

  await adaFiles.play('clip.webm').click()
  await expect.poll(() => adas.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime > 0)).toBe(true)
  grace.close()
})

test('anything else is a card with its real extension, and what is too large to decode is one too', async ({
  launchApp,
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page: adas, app } = await launchApp({ name: 'ada' })
  const [ada, adaFiles] = on(adas)
  await startPage(adas).join({ as: 'Ada', at: `127.0.0.1:${port}/${grace.roomId}` })
  await ada.isOpen('Lobby')
  const { page: linus } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}` })
  await startPage(linus).enter({ as: 'Linus' })
  const [, linusFiles] = on(linus)

  const disguised = otherFile('photo\u202egnp.exe', 4_096)
  await adaFiles.drop(ada.log, [bombFile('bomb.png', 30_000), disguised])
  await expect(adaFiles.tray.getByRole('img')).toHaveCount(0)
  await expect(adaFiles.send).toBeEnabled()
  await adaFiles.send.click()

  await expect(linusFiles.card('bomb.png')).toContainText('Too large to show here')
  await expect(linusFiles.image('bomb.png')).toHaveCount(0)
  const card = linusFiles.card(/exe/)
  await expect(card.locator('.name')).toHaveText('photognp.exe')
  await expect(card).toContainText('EXE')
  await expect(card).toContainText('4 kB')

  // On the desktop the system asks where.
  const place = `${await app.evaluate(({ app: self }) => self.getPath('userData'))}/saved.bin`
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, place)
  await adaFiles.save('photognp.exe').click()
  await expect(ada.toast('File saved')).toBeVisible()
  expect(readFileSync(place)).toEqual(disguised.buffer)
  grace.close()
})

/** A film of a second, as a browser records it. */
async function filmed(page: Page): Promise<MadeFile> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 240
    const context = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' })
    const pieces: Blob[] = []
    recorder.ondataavailable = ({ data }) => void pieces.push(data)
    recorder.start()
    for (let frame = 0; frame < 40; frame++) {
      if (context) context.fillStyle = `hsl(${frame * 9} 60% 50%)`
      context?.fillRect(0, 0, 320, 240)
      await new Promise(requestAnimationFrame)
    }
    await new Promise((resolve) => {
      recorder.onstop = resolve
      recorder.stop()
    })
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())]
  })
  return { name: 'clip.webm', mimeType: 'video/webm', buffer: Buffer.from(bytes) }
}
