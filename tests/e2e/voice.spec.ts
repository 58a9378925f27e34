import type { Page } from '@playwright/test'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import type { Guest, GuestWanted } from './support/launch-guest'
import type { LaunchedServer } from './support/launch-server'
import { expect, test } from './support/parlor'
import { hostAs } from './support/scripted-person'

const fakeMicrophone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

const voiceOn = (page: Page) => ({
  record: page.getByRole('button', { name: 'Record a voice note' }),
  bar: page.getByRole('group', { name: 'Recording' }),
  button: (name: string) => page.getByRole('button', { name, exact: true }),
  async recordFor(seconds: number) {
    await page.getByRole('button', { name: 'Record a voice note' }).click()
    await expect(page.getByRole('timer')).toHaveText(`0:0${seconds}`)
  },
})

interface Launching {
  launchGuest: (wanted: GuestWanted) => Promise<Guest>
  launchServer: () => Promise<LaunchedServer>
}

/** Ada comes to Grace's room with a browser that gives her a microphone. */
async function enterLobby({ launchGuest, launchServer }: Launching) {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const path = `/${grace.roomId}`
  const { page, origin } = await launchGuest({ name: 'ada', port, path, host: 'localhost', args: fakeMicrophone })
  await startPage(page).enter({ as: 'Ada' })
  await roomPage(page).isOpen('Lobby')
  return { grace, page, origin, url }
}

test('a voice note is recorded, heard before it is sent, and played by others at their speed', async ({
  launchApp,
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page: adas } = await launchApp({ name: 'ada', args: ['--use-fake-device-for-media-stream'] })
  const [ada, files, voice] = [roomPage(adas), filesOn(adas), voiceOn(adas)]
  await startPage(adas).join({ as: 'Ada', at: `127.0.0.1:${port}/${grace.roomId}` })
  await ada.isOpen('Lobby')
  const { page: linuses } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}` })
  await startPage(linuses).enter({ as: 'Linus' })

  await voice.recordFor(2)
  await voice.button('Stop and listen').click()
  await expect(files.items).toHaveCount(1)
  await files.tray.getByRole('button', { name: 'Play Voice note' }).click()
  await expect(files.tray.getByRole('button', { name: 'Pause Voice note' })).toBeVisible()
  await files.send.click()

  const [posted] = await grace.heard('message_posted')
  const [note] = posted?.message.attachments ?? []
  expect(note?.name).toMatch(/^Voice note \d{4}-\d{2}-\d{2} \d{2}\.\d{2}\.webm$/)
  expect(note?.durationMs).toBeGreaterThan(1_500)
  expect(note?.waveform?.length).toBeGreaterThan(20)
  // The fake microphone beeps once a second.
  expect(Math.max(...(note?.waveform ?? []))).toBe(100)

  const heard = filesOn(linuses)
  await linuses.getByRole('button', { name: 'Speed 1×' }).click()
  await expect(linuses.getByRole('button', { name: 'Speed 1.5×' })).toBeVisible()
  await heard.play('Voice note').click()
  await expect(heard.pause('Voice note')).toBeVisible()
  await expect(heard.play('Voice note')).toBeVisible()
  grace.close()
})

test('a recording is thrown away, or sent at once', async ({ launchGuest, launchServer }) => {
  const { grace, page } = await enterLobby({ launchGuest, launchServer })
  const [ada, files, voice] = [roomPage(page), filesOn(page), voiceOn(page)]

  await voice.recordFor(1)
  await expect(voice.button('Stop and listen')).toBeFocused()
  await voice.button('Throw the recording away').press('Enter')
  await expect(voice.bar).toHaveCount(0)
  await expect(ada.composer).toBeFocused()
  await expect(files.tray).toHaveCount(0)
  await voice.recordFor(1)
  await voice.button('Send voice note').click()
  const [posted] = await grace.heard('message_posted')
  expect(posted?.message.attachments[0]?.waveform).toBeTruthy()
  await expect(ada.composer).toBeFocused()
  grace.close()
})

test('where the browser gives no microphone, the button says why', async ({ launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}` })
  await startPage(page).enter({ as: 'Ada' })
  await voiceOn(page).record.click()
  await expect(page.getByRole('alert')).toHaveText(/only to pages that came over https/)
  grace.close()
})

test('a microphone that is refused is said so', async ({ launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}`, host: 'localhost' })
  await startPage(page).enter({ as: 'Ada' })
  await voiceOn(page).record.click()
  await expect(page.getByRole('alert')).toHaveText(/not allowed here|No microphone was found/)
  grace.close()
})

/** Keeps what the page is given of a microphone, and gives it only when told to. */
const holdMicrophone = (page: Page) =>
  page.evaluate(() => {
    const devices = navigator.mediaDevices
    const ask = devices.getUserMedia.bind(devices)
    const given = new Promise((resolve) => Reflect.set(globalThis, 'giveMicrophone', resolve))
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      Reflect.set(globalThis, 'microphone', stream.getTracks())
      await given
      return stream
    }
  })
const microphoneOf = (page: Page) =>
  page.evaluate(() => {
    const tracks = (Reflect.get(globalThis, 'microphone') as MediaStreamTrack[] | undefined) ?? []
    return tracks.map(({ readyState }) => readyState)
  })
const giveMicrophone = (page: Page) => page.evaluate(() => (Reflect.get(globalThis, 'giveMicrophone') as () => void)())

test('a microphone that comes when one has gone to another room is off at once', async ({
  launchGuest,
  launchServer,
}) => {
  const { grace: lobby, page, origin, url } = await enterLobby({ launchGuest, launchServer })
  const kitchen = await hostAs('Linus', url, 'Kitchen')
  const [ada, files, voice] = [roomPage(page), filesOn(page), voiceOn(page)]
  await page.goto(`${origin}/${kitchen.roomId}`)
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Kitchen')

  await holdMicrophone(page)
  await voice.record.click()
  await expect.poll(() => microphoneOf(page)).toEqual(['live'])
  await ada.roomsButton.tap()
  await ada.room(/Lobby/).tap()
  await ada.isOpen('Lobby')
  await giveMicrophone(page)
  await expect.poll(() => microphoneOf(page)).toEqual(['ended'])

  await ada.roomsButton.tap()
  await ada.room(/Kitchen/).tap()
  await ada.isOpen('Kitchen')
  await expect(files.tray).toHaveCount(0)
  lobby.close()
  kitchen.close()
})

test('a microphone that cannot be recorded is off again', async ({ launchGuest, launchServer }) => {
  const { grace, page } = await enterLobby({ launchGuest, launchServer })
  await holdMicrophone(page)
  await giveMicrophone(page)
  await page.evaluate(() => {
    Reflect.set(globalThis, 'AudioContext', () => {
      throw new DOMException('no more hardware contexts', 'NotSupportedError')
    })
  })

  await voiceOn(page).record.click()
  await expect(page.getByRole('alert')).toHaveText(/The microphone could not be used/)
  expect(await microphoneOf(page)).toEqual(['ended'])
  grace.close()
})
