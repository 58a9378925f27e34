import { draftOf, post, upload } from '../support/files'
import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { findFlaws } from './support/find-flaws'
import { hearPage } from './support/hear-page'
import { otherFile, pngFile, wavFile } from './support/make-files'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs, joinAs, say } from './support/scripted-person'

test('the desktop screens have no serious barrier', async ({ launchApp, launchServer }) => {
  const [{ page }, server] = [await launchApp({ name: 'ada' }), await launchServer()]
  const [start, ada] = [startPage(page), roomPage(page)]
  const grace = await hostAs('Grace', server.url, 'Standup')
  await expect(start.name).toBeVisible()
  const flaws = await findFlaws(page, 'start')

  await start.join({ as: 'Ada', at: '127.0.0.1:1/ABC234' })
  await expect(start.error).toBeVisible()
  flaws.push(...(await findFlaws(page, 'start with an error')))

  await start.host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  flaws.push(...(await findFlaws(page, 'a new room')))

  await ada.room('Join a room').click()
  await start.join({ as: 'Ada', at: `127.0.0.1:${server.port}/${grace.roomId}` })
  await ada.isOpen('Standup')
  await say(grace, 'See https://parlor.example/ and\nanswer')
  await ada.send('I will')
  await expect(ada.message('I will')).toBeVisible()
  flaws.push(...(await findFlaws(page, 'a conversation')))

  await page.getByRole('button', { name: 'Share' }).click()
  flaws.push(...(await findFlaws(page, 'sharing')))
  await page.keyboard.press('Escape')

  await ada.room(/Lobby/).click()
  await ada.menu.click()
  flaws.push(...(await findFlaws(page, 'the menu of a room')))
  await ada.menuItem('Room settings').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  flaws.push(...(await findFlaws(page, 'the settings of a room')))
  await page.keyboard.press('Escape')
  await ada.menu.click()
  await ada.menuItem('Close room for everyone').click()
  await expect(ada.dialog).toBeVisible()
  flaws.push(...(await findFlaws(page, 'a question')))

  expect(flaws).toEqual([])
  grace.close()
})

test('the screens of a phone have no serious barrier', async ({ launchGuest, launchServer }) => {
  const server = await launchServer()
  const grace = await hostAs('Grace', server.url, 'Standup')
  const { page } = await launchGuest({ name: 'linus', port: server.port, path: `/${grace.roomId}` })
  const [start, linus] = [startPage(page), roomPage(page)]
  await expect(start.name).toBeVisible()
  const flaws = await findFlaws(page, 'joining')

  await start.enter({ as: 'Linus' })
  await linus.isOpen('Standup')
  const edsger = await joinAs('Edsger', server.url, grace.roomId)
  await say(edsger, 'Good morning')
  await linus.send('Good morning')
  await expect(linus.message('Good morning')).toHaveCount(2)
  flaws.push(...(await findFlaws(page, 'a conversation')))

  await linus.peopleButton.click()
  await expect(linus.people).toBeVisible()
  flaws.push(...(await findFlaws(page, 'the people')))
  await linus.closePanel.click()
  await linus.roomsButton.click()
  await expect(linus.rooms).toBeVisible()
  flaws.push(...(await findFlaws(page, 'the rooms')))
  await linus.closePanel.click()

  await grace.get('close_room', { roomId: grace.roomId })
  await expect(page.getByRole('heading', { name: 'The host closed this room' })).toBeVisible()
  flaws.push(...(await findFlaws(page, 'a closed room')))

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
    const flaws = await findFlaws(page, 'files to send')
    await files.send.click()
    await expect(room.waiting).toHaveCount(0)
    await expect(files.picture('sunset.png')).toBeVisible()
    const sounds = [draftOf(wavFile('tone.wav', 2).buffer, { name: 'tone.wav' })]
    sounds.push(draftOf(wavFile('note.wav', 3).buffer, { name: 'note.wav', looks: voice }))
    for (const sound of sounds) await upload(url, grace, sound)
    await post(grace, sounds, 'Listen')
    await expect(files.play('Voice note')).toBeVisible()
    flaws.push(...(await findFlaws(page, 'messages with files')))

    await files.picture('sunset.png').click()
    await expect(files.shown).toBeVisible()
    flaws.push(...(await findFlaws(page, 'a picture, large')))
    expect(flaws).toEqual([])
    grace.close()
  })
}

test('what is said is read out once, as author and text, and nothing else that moves is', async ({
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Standup')
  await say(grace, 'Long ago')
  const { page } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}` })
  const linus = roomPage(page)
  await startPage(page).enter({ as: 'Linus' })
  await linus.isOpen('Standup')
  const heard = await hearPage(page)

  const { message } = await say(grace, 'Good morning')
  await linus.send('Morning')
  const here = { roomId: grace.roomId, seq: message.seq }
  await grace.get('edit_message', { ...here, text: 'Good **morning**' })
  await grace.get('react', { ...here, emoji: '👍' })
  await say(grace, 'How are you?')

  await expect(linus.message('How are you?')).toBeVisible()
  await expect(linus.message('Good morning').locator('strong')).toBeVisible()
  await expect(linus.waiting).toHaveCount(0)
  expect(await heard()).toEqual(['Grace, Good morning', 'Grace, How are you?'])
  grace.close()
})

test('who wants no motion sees none', async ({ launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Standup')
  const { page } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}` })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await startPage(page).enter({ as: 'Linus' })
  const linus = roomPage(page)
  await linus.isOpen('Standup')
  await page.evaluate(() => {
    const moves: string[] = []
    const note = ({ target, elapsedTime }: AnimationEvent | TransitionEvent) =>
      elapsedTime > 0.01 && moves.push((target as Element).className)
    addEventListener('animationend', note, true)
    addEventListener('transitionend', note, true)
    Object.assign(globalThis, { moves })
  })

  await linus.menu.click()
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await linus.peopleButton.click()
  await expect(linus.people).toBeVisible()
  const running = () => document.getAnimations().map((one) => one.effect?.getComputedTiming().duration)
  expect((await page.evaluate(running)).filter((duration) => Number(duration) > 1)).toEqual([])
  expect(await page.evaluate(() => Reflect.get(globalThis, 'moves') as string[])).toEqual([])
  grace.close()
})

test('a button without a name, and words too pale to read, are found', async ({ launchGuest, launchServer }) => {
  const { port } = await launchServer()
  const { page } = await launchGuest({ name: 'linus', port })
  const join = page.getByRole('button', { name: 'Join', exact: true })
  await join.evaluate((button) => button.replaceChildren())
  await page.getByText('A room for the people around you.').evaluate((words) => words.setAttribute('class', 'pale'))
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.insertRule('.pale { opacity: 0.3 }')
    document.adoptedStyleSheets = [sheet]
  })

  const rules = (await findFlaws(page, 'start')).map(({ screen, rule }) => `${screen}: ${rule}`)
  expect(rules).toContain('start, light: button-name')
  expect(rules).toContain('start, dark: color-contrast')
})
