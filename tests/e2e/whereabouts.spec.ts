import { lookAway, lookBack } from './pages/attention'
import { chooseFor } from './pages/message-acts'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'
import { hostAs, joinAs, say } from './support/scripted-person'

test('who writes is shown while they do, to those who show it themselves', async ({ launchApp, launchGuest }) => {
  const { app, ada, phone, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)
  const [adaWrites, linusWrites] = [linus.typing('Ada is writing…'), ada.typing('Linus is writing…')]
  await ada.composer.focus()

  await app.page.keyboard.type('Well')
  await expect(adaWrites).toBeVisible()
  await app.page.keyboard.press('Enter')
  await expect(linus.message('Well')).toBeVisible()
  await expect(adaWrites).toBeHidden()
  // Who stops in the middle of a word is no longer writing six seconds later.
  await linus.composer.tap()
  await phone.page.keyboard.type('Hm')
  await expect(linusWrites).toBeVisible()
  await expect(linusWrites).toBeHidden({ timeout: 8_000 })

  await ada.settings.click()
  await ada.settingsItem('That I am writing').click()
  await app.page.keyboard.press('Escape')
  const before = grace.heardSoFar('typing_changed').length
  await ada.send('Unseen until it is sent')
  await expect(linus.message('Unseen')).toBeVisible()
  expect(grace.heardSoFar('typing_changed').slice(before)).toEqual([])
  await grace.get('set_typing', { roomId, typing: true })
  await expect(linus.typing('Grace is writing…')).toBeVisible()
  await linus.send('Grace, say it')
  await expect(ada.message('Grace, say it')).toBeVisible()
  // Now, while Grace still writes: in six seconds there is nothing to see in any case.
  expect(await ada.typing(/writing/).count()).toBe(0)
  grace.close()
})

test('who has read up to where is shown, to those who show it themselves', async ({ launchApp, launchGuest }) => {
  const { ada, phone, linus } = await openOffice({ launchApp, launchGuest })
  await ada.send('Did you see this?')
  await expect(ada.message('Did you see').getByTitle('Read by Linus')).toBeVisible()
  await linus.send('I did')
  await expect(linus.message('I did').getByTitle('Read by Ada')).toBeVisible()
  await expect(ada.log.getByTitle('Read by Linus')).toHaveCount(0)

  await linus.roomsButton.tap()
  await linus.settings.tap()
  await linus.settingsItem('How far I have read').tap()
  await phone.page.keyboard.press('Escape')
  await linus.closePanel.tap()
  await expect(linus.log.getByTitle(/^Read by/)).toHaveCount(0)
  await ada.send('And this?')
  await expect(linus.message('And this?')).toBeVisible()
  await linus.send('Guess')
  await expect(ada.message('Guess')).toBeVisible()
  await expect(ada.log.getByTitle(/^Read by/)).toHaveCount(0)
})

test('what is unread is counted, begins at a line, and is read when it was looked at', async ({
  launchApp,
  launchServer,
}) => {
  const server = await launchServer()
  const lobby = await hostAs('Grace', server.url, 'Lobby')
  const ops = await hostAs('Linus', server.url, 'Ops')
  await say(lobby, 'Before')
  const { page } = await launchApp({ name: 'ada' })
  const ada = roomPage(page)
  const icon = page.locator('link[rel=icon]')
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${lobby.roomId}` })
  await ada.isOpen('Lobby')
  const plainIcon = await icon.getAttribute('href')
  await ada.room('Join a room').click()
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${ops.roomId}` })
  await ada.isOpen('Ops')

  for (let line = 1; line <= 40; line++) await say(lobby, `Line ${line}`)
  await say(lobby, 'This one is for you, @Ada')
  const item = ada.room(/Lobby/)
  await expect(item).toHaveAccessibleName(/1 message for you.*41 unread messages/)
  await expect(page).toHaveTitle('(41) Ops — Parlor')
  await expect(icon).toHaveAttribute('href', /^blob:/)

  await test.step('who only passes through has not read it', async () => {
    await page.keyboard.press('Alt+ArrowUp')
    await ada.isOpen('Lobby')
    await expect(ada.message('This one is for you')).toBeInViewport()
    await page.keyboard.press('Alt+ArrowDown')
    await ada.isOpen('Ops')
    await expect(item).toHaveAccessibleName(/41 unread messages/)
  })

  await test.step('the unread begins at a line, one step away', async () => {
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await ada.isOpen('Lobby')
    await expect(ada.message('This one is for you')).toBeInViewport()
    await expect(ada.unreadPill).toHaveText(/^41 new since/)
    await ada.unreadPill.click()
    await expect(ada.message(/^Line 1$/)).toBeInViewport()
    await expect(ada.unreadLine).toBeInViewport()
    await expect(ada.unreadPill).toHaveCount(0)
  })

  await test.step('looked at, it is read', async () => {
    await page.keyboard.press('Control+End')
    await expect(ada.message('This one is for you')).toBeInViewport()
    await expect(item).not.toHaveAccessibleName(/unread/)
    await expect(page).toHaveTitle('Lobby — Parlor')
    await expect(icon).toHaveAttribute('href', plainIcon ?? '')
  })

  await test.step('everything is marked read at once, by menu and by key', async () => {
    await say(ops, 'One')
    await expect(page).toHaveTitle('(1) Lobby — Parlor')
    await ada.menu.click()
    await ada.menuItem('Mark all rooms read').click()
    await expect(page).toHaveTitle('Lobby — Parlor')
    await say(ops, 'Two')
    await expect(page).toHaveTitle('(1) Lobby — Parlor')
    await page.keyboard.press('Shift+Escape')
    await expect(page).toHaveTitle('Lobby — Parlor')
    await expect(ada.room(/Ops/)).not.toHaveAccessibleName(/unread/)
  })
  for (const person of [lobby, ops]) person.close()
})

test('what was said over night is counted whole, and so is what of it is for oneself', async ({
  launchApp,
  launchServer,
}) => {
  const server = await launchServer()
  const lobby = await hostAs('Grace', server.url, 'Lobby')
  const ops = await hostAs('Linus', server.url, 'Ops')
  const evening = await launchApp({ name: 'ada' })
  for (const { roomId, title } of [
    { roomId: lobby.roomId, title: 'Lobby' },
    { roomId: ops.roomId, title: 'Ops' },
  ]) {
    if (title === 'Ops') await roomPage(evening.page).room('Join a room').click()
    await startPage(evening.page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${roomId}` })
    await roomPage(evening.page).isOpen(title)
  }
  await evening.close()
  await say(lobby, 'This one is for you, @Ada')
  for (let line = 1; line <= 120; line++) await say(lobby, `Line ${line}`)

  const { page } = await launchApp({ name: 'ada', profile: evening.profile })
  const ada = roomPage(page)
  await ada.isOpen('Ops')
  await expect(page).toHaveTitle('(121) Ops — Parlor')
  await expect(ada.room(/Lobby/)).toHaveAccessibleName(/1 message for you.*121 unread messages/)
  await ada.room(/Lobby/).click()
  await ada.isOpen('Lobby')
  await expect(ada.unreadPill).toHaveText(/^121 new since/)
  await page.keyboard.press('Shift+PageUp')
  await expect(ada.unreadLine).toBeInViewport()
  await expect(ada.message('This one is for you')).toBeInViewport()
  for (const person of [lobby, ops]) person.close()
})

test('on a phone, too, the unread begins at a line one tap away, and other rooms are counted', async ({
  launchGuest,
  launchServer,
}) => {
  const server = await launchServer()
  const lobby = await hostAs('Grace', server.url, 'Lobby')
  const { page } = await launchGuest({ name: 'linus', port: server.port, path: `/${lobby.roomId}` })
  await startPage(page).enter({ as: 'Linus' })
  const linus = roomPage(page)
  await linus.send('Here')
  await lobby.heard('read_changed')
  const { room } = await lobby.get('open_direct', {
    memberId: (await lobby.heard('member_joined'))[0]?.member.memberId,
  })
  await lobby.get('send_message', { roomId: room.roomId, clientKey: crypto.randomUUID(), text: 'Psst' })
  await expect(linus.roomsButton).toHaveAccessibleName(/1 unread message/)
  // A browser has a use of its own for it.
  await page.keyboard.press('Shift+Escape')
  await expect(linus.roomsButton).toHaveAccessibleName(/1 unread message/)
  await linus.roomsButton.tap()
  await linus.room(/Grace/).tap()
  await linus.isOpen('Grace')

  await page.goto('about:blank')
  for (let line = 1; line <= 40; line++) await say(lobby, `Line ${line}`)
  await page.goto(`http://lan.test:${server.port}/${lobby.roomId}`)
  await expect(linus.unreadPill).toHaveText(/^40 new since/)
  await linus.unreadPill.tap()
  await expect(linus.unreadLine).toBeInViewport()
  await expect(linus.message(/^Line 1$/)).toBeInViewport()
  await chooseFor(linus.message(/^Line 1$/), 'Reply')
  await expect(linus.context).toHaveText('Replying to Grace Line 1')
  lobby.close()
})

test('who looks away and back finds where they left off, and no line above what they watch arrive', async ({
  launchApp,
  launchServer,
  openCable,
}) => {
  const server = await launchServer()
  const cable = await openCable(server)
  const lobby = await hostAs('Grace', server.url, 'Lobby')
  await say(lobby, 'Before')
  const { page } = await launchApp({ name: 'ada' })
  const ada = roomPage(page)
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${cable.port}/${lobby.roomId}` })
  await ada.isOpen('Lobby')

  await test.step('what arrives under their eyes is below no line', async () => {
    await ada.send('I am watching')
    await lobby.heard('read_changed')
    await say(lobby, 'Watched')
    await expect(ada.message('Watched')).toBeInViewport()
    await expect(ada.unreadLine).toHaveCount(0)
    await lobby.heard('read_changed', 2)
  })

  await test.step('what came while they looked away begins at a line, one key away', async () => {
    await lookAway(page)
    for (let line = 1; line <= 40; line++) await say(lobby, `Line ${line}`)
    await expect(ada.message('Line 40')).toBeInViewport()
    await lookBack(page)
    await expect(ada.unreadPill).toHaveText(/^40 new since/)
    // It is all read now, and still not found.
    await expect(page).toHaveTitle('Lobby — Parlor')
    await expect(ada.unreadPill).toBeVisible()
    await page.keyboard.press('Shift+PageUp')
    await expect(ada.message(/^Line 1$/)).toBeInViewport()
    await expect(ada.unreadLine).toBeInViewport()
    await expect(ada.unreadPill).toHaveCount(0)
  })

  await test.step('Esc dismisses the line too, and what comes next has one of its own', async () => {
    await page.keyboard.press('Escape')
    await expect(ada.message('Line 40')).toBeInViewport()
    await expect(ada.unreadLine).toHaveCount(0)
    await lookAway(page)
    await say(lobby, 'Are you back?')
    await expect(ada.message('Are you back?')).toBeInViewport()
    await lookBack(page)
    await expect(ada.unreadLine).toBeInViewport()
    await expect(page).toHaveTitle('Lobby — Parlor')
    await expect(ada.unreadLine).toBeInViewport()
    await lookAway(page)
    await lookBack(page)
    await expect(ada.unreadLine).toHaveCount(0)
  })

  await test.step('what came while they were cut off begins at a line, too', async () => {
    cable.pull()
    await expect(ada.strip).toContainText('What you write')
    for (let line = 1; line <= 40; line++) await say(lobby, `Unheard ${line}`)
    cable.plug()
    await expect(ada.unreadPill).toHaveText(/^40 new since/, { timeout: 20_000 })
    await expect(page).toHaveTitle('Lobby — Parlor')
    await ada.unreadPill.click()
    await expect(ada.message(/^Unheard 1$/)).toBeInViewport()
    await expect(ada.unreadLine).toBeInViewport()
  })
  lobby.close()
})
