import { readFileSync } from 'node:fs'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { otherFile, pngFile, wavFile } from './support/make-files'
import { expect, test } from './support/parlor'
import { hostAs } from './support/scripted-person'

const shot = (name: string) => `/tmp/shots/${name}.png`

test('look', async ({ launchApp, launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const host = await hostAs('Linus', url, 'Lobby')
  const { page: adas } = await launchApp({ name: 'ada' })
  await startPage(adas).join({ as: 'Ada', at: `127.0.0.1:${port}/${host.roomId}` })
  const [ada, adaFiles] = [roomPage(adas), filesOn(adas)]
  await ada.isOpen('Lobby')
  const { page: graces } = await launchGuest({ name: 'grace', port, path: `/${host.roomId}` })
  await startPage(graces).enter({ as: 'Grace' })
  const [grace, graceFiles] = [roomPage(graces), filesOn(graces)]
  await grace.isOpen('Lobby')

  await adaFiles.dragOver(ada.log, [pngFile('x.png', 10, 10, [1, 1, 1])])
  await adas.screenshot({ path: shot('drop') })
  await adaFiles.paste(ada.composer, [pngFile('sunset.png', 1600, 900, [240, 120, 60])])
  await adaFiles.drop(ada.log, [
    otherFile('a very long name for a report that nobody will ever read.final.docx', 123_456),
    wavFile('tone.wav', 3),
  ])
  await expect(adaFiles.items).toHaveCount(3)
  await expect(adaFiles.send).toBeEnabled()
  await ada.composer.fill('From the balcony')
  await adas.screenshot({ path: shot('tray') })
  await ada.composer.press('Enter')
  await expect(adaFiles.tray).toHaveCount(0)
  await expect(ada.waiting).toHaveCount(0)
  await expect(graceFiles.image('sunset.png')).toBeVisible()
  await adas.screenshot({ path: shot('sent') })
  await graces.screenshot({ path: shot('phone') })
  await graceFiles.choose(
    () => graceFiles.attach.click(),
    [
      pngFile('tall.png', 600, 1400, [60, 160, 120]),
      pngFile('wide.png', 1400, 300, [60, 60, 220]),
      otherFile('setup.exe', 5_000),
    ],
  )
  await expect(graceFiles.send).toBeEnabled()
  await graces.screenshot({ path: shot('phone-tray') })
  await graceFiles.send.click()
  await expect(adaFiles.image('tall.png')).toBeVisible()
  await expect(grace.waiting).toHaveCount(0)
  await graces.screenshot({ path: shot('phone-sent') })
  await adas.screenshot({ path: shot('sent2') })
  await adaFiles.picture('tall.png').click()
  await adas.waitForTimeout(500)
  await adas.screenshot({ path: shot('lightbox') })
  host.close()
})
