import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { draftOf, post, upload } from '../support/files'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { otherFile, pngFile, wavFile } from './support/make-files'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs, joinAs, say } from './support/scripted-person'

interface Flaw {
  screen: string
  rule: string
  where: string[]
}

/** Looks at what is on screen, in light and in dark. */
async function flawsOf(page: Page, screen: string): Promise<Flaw[]> {
  const flaws: Flaw[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // A window of Electron cannot open the second page that axe would otherwise use.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    for (const { id, nodes } of serious) {
      flaws.push({ screen: `${screen}, ${colorScheme}`, rule: id, where: nodes.map(({ html }) => html) })
    }
  }
  return flaws
}

test('the desktop screens have no serious barrier', async ({ launchApp, launchServer }) => {
  const [{ page }, server] = [await launchApp({ name: 'ada' }), await launchServer()]
  const [start, ada] = [startPage(page), roomPage(page)]
  const grace = await hostAs('Grace', server.url, 'Standup')
  await expect(start.name).toBeVisible()
  const flaws = await flawsOf(page, 'start')

  await start.join({ as: 'Ada', at: '127.0.0.1:1/ABC234' })
  await expect(start.error).toBeVisible()
  flaws.push(...(await flawsOf(page, 'start with an error')))

  await start.host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  flaws.push(...(await flawsOf(page, 'a new room')))

  await ada.room('Join a room').click()
  await start.join({ as: 'Ada', at: `127.0.0.1:${server.port}/${grace.roomId}` })
  await ada.isOpen('Standup')
  await say(grace, 'See https://parlor.example/ and\nanswer')
  await ada.send('I will')
  await expect(ada.message('I will')).toBeVisible()
  flaws.push(...(await flawsOf(page, 'a conversation')))

  await page.getByRole('button', { name: 'Share' }).click()
  flaws.push(...(await flawsOf(page, 'sharing')))
  await page.keyboard.press('Escape')

  await ada.room(/Lobby/).click()
  await ada.menu.click()
  flaws.push(...(await flawsOf(page, 'the menu of a room')))
  await ada.menuItem('Room settings').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  flaws.push(...(await flawsOf(page, 'the settings of a room')))
  await page.keyboard.press('Escape')
  await ada.menu.click()
  await ada.menuItem('Close room for everyone').click()
  await expect(ada.dialog).toBeVisible()
  flaws.push(...(await flawsOf(page, 'a question')))

  expect(flaws).toEqual([])
  grace.close()
})

test('the screens of a phone have no serious barrier', async ({ launchGuest, launchServer }) => {
  const server = await launchServer()
  const grace = await hostAs('Grace', server.url, 'Standup')
  const { page } = await launchGuest({ name: 'linus', port: server.port, path: `/${grace.roomId}` })
  const [start, linus] = [startPage(page), roomPage(page)]
  await expect(start.name).toBeVisible()
  const flaws = await flawsOf(page, 'joining')

  await start.enter({ as: 'Linus' })
  await linus.isOpen('Standup')
  const edsger = await joinAs('Edsger', server.url, grace.roomId)
  await say(edsger, 'Good morning')
  await linus.send('Good morning')
  await expect(linus.message('Good morning')).toHaveCount(2)
  flaws.push(...(await flawsOf(page, 'a conversation')))

  await linus.peopleButton.click()
  await expect(linus.people).toBeVisible()
  flaws.push(...(await flawsOf(page, 'the people')))
  await linus.closePanel.click()
  await linus.roomsButton.click()
  await expect(linus.rooms).toBeVisible()
  flaws.push(...(await flawsOf(page, 'the rooms')))
  await linus.closePanel.click()

  await grace.get('close_room', { roomId: grace.roomId })
  await expect(page.getByRole('heading', { name: 'The host closed this room' })).toBeVisible()
  flaws.push(...(await flawsOf(page, 'a closed room')))

  expect(flaws).toEqual([])
  for (const person of [edsger, grace]) person.close()
})

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, files have no serious barrier before, while and after they are sent`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    const { port, url } = await launchServer()
    const grace = await hostAs('Grace', url, 'Lobby')
    const { page, room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId: grace.roomId })
    await room.isOpen('Lobby')
    const files = filesOn(page)
    const picture = pngFile('sunset.png', 900, 600, [240, 120, 60])
    const voice = { durationMs: 3_000, waveform: [10, 60, 100, 30] }

    await files.choose(() => files.attach.click(), [picture, otherFile('nothing.bin', 0), otherFile('plan.pdf', 900)])
    await expect(files.send).toBeEnabled()
    const flaws = await flawsOf(page, 'files to send')
    await files.send.click()
    await expect(room.waiting).toHaveCount(0)
    await expect(files.picture('sunset.png')).toBeVisible()
    const sounds = [draftOf(wavFile('tone.wav', 2).buffer, { name: 'tone.wav' })]
    sounds.push(draftOf(wavFile('note.wav', 3).buffer, { name: 'note.wav', looks: voice }))
    for (const sound of sounds) await upload(url, grace, sound)
    await post(grace, sounds, 'Listen')
    await expect(files.play('Voice note')).toBeVisible()
    flaws.push(...(await flawsOf(page, 'messages with files')))

    await files.picture('sunset.png').click()
    await expect(files.shown).toBeVisible()
    flaws.push(...(await flawsOf(page, 'a picture, large')))
    expect(flaws).toEqual([])
    grace.close()
  })
}
