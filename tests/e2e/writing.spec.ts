import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { tabTo } from './pages/tab-to'
import { expect, test } from './support/parlor'
import { hostAs } from './support/scripted-person'

test('Enter sends, Shift+Enter breaks the line, and an input method keeps its Enter', async ({
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}` })
  const ada = roomPage(page)
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Lobby')
  await ada.composer.focus()

  await page.keyboard.type('one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  await expect(ada.composer).toHaveValue('one\ntwo')
  await page.keyboard.press('Enter')
  await expect(ada.composer).toHaveValue('')
  expect(await grace.heard('message_posted')).toMatchObject([{ message: { text: 'one\ntwo' } }])
  await expect(ada.message('one').locator('.text')).toHaveText('one\ntwo', { useInnerText: true })

  // As Chromium itself composes: the Enter that picks a candidate is not the Enter that sends.
  const input = await page.context().newCDPSession(page)
  await input.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 })
  await page.keyboard.press('Enter')
  await input.send('Input.insertText', { text: '日本' })
  await expect(ada.composer).toHaveValue(/日本/)
  expect(grace.heardSoFar('message_posted')).toHaveLength(1)

  await ada.composer.fill('   ')
  await page.keyboard.press('Enter')
  await ada.send('three')
  const posted = await grace.heard('message_posted', 2)
  expect(posted.map(({ message }) => message.text)).toEqual(['one\ntwo', 'three'])
  grace.close()
})

test('near the limit the composer counts, and beyond it nothing is sent or lost', async ({
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  const { page } = await launchGuest({ name: 'ada', port, path: `/${grace.roomId}` })
  const ada = roomPage(page)
  await startPage(page).enter({ as: 'Ada' })
  await ada.isOpen('Lobby')
  const send = page.getByRole('button', { name: 'Send' })

  await ada.composer.fill('x'.repeat(3_000))
  await expect(page.getByText(/characters? (left|too many)/)).toHaveCount(0)
  await ada.composer.fill('x'.repeat(3_900))
  await expect(page.getByText('100 characters left')).toBeVisible()
  await ada.composer.fill('x'.repeat(4_001))
  await expect(ada.composer).toHaveAccessibleDescription('1 character too many')
  await expect(send).toBeDisabled()
  await ada.composer.press('Enter')
  await expect(ada.composer).toHaveValue('x'.repeat(4_001))
  // A family is one character to who reads it.
  await ada.composer.fill('👨‍👩‍👧‍👦'.repeat(600))
  await expect(ada.composer).toHaveAccessibleDescription(/left/)
  await ada.send('x'.repeat(4_000))
  expect((await grace.heard('message_posted')).map(({ message }) => message.text.length)).toEqual([4_000])
  grace.close()
})

test('everything from start to leaving can be done with the keyboard', async ({ launchApp }) => {
  const { app, page } = await launchApp({ name: 'ada' })
  const [start, ada] = [startPage(page), roomPage(page)]
  const { keyboard } = page

  await tabTo(start.name)
  await keyboard.type('Ada')
  await tabTo(page.getByRole('button', { name: 'Host a room on this network' }))
  await keyboard.press('Enter')
  await expect(ada.composer).toBeFocused()

  await keyboard.type('Hello')
  await keyboard.press('Enter')
  await expect(ada.message('Hello')).toBeVisible()

  await tabTo(ada.copyCode)
  await keyboard.press('Enter')
  await expect(ada.toast('Room code copied')).toBeVisible()
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(await ada.code())

  // Typing anywhere goes to the composer.
  await keyboard.type('and again')
  await expect(ada.composer).toHaveValue('and again')
  await keyboard.press('Enter')
  await expect(ada.message('and again')).toBeVisible()

  await tabTo(ada.menu)
  await keyboard.press('Enter')
  await expect(ada.menuItem('Search')).toBeFocused()
  await keyboard.type('l')
  await expect(ada.menuItem('Leave room')).toBeFocused()
  await keyboard.press('Enter')
  await expect(ada.dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(ada.dialog).toHaveCount(0)
  await expect(ada.menu).toBeFocused()

  await keyboard.press('Enter')
  await expect(ada.menuItem('Search')).toBeFocused()
  await keyboard.type('l')
  await keyboard.press('Enter')
  await tabTo(ada.dialog.getByRole('button', { name: 'Leave room' }))
  await keyboard.press('Enter')
  await expect(start.name).toHaveValue('Ada')
})

test('a half-written edit or answer is still there after another room, and after a restart', async ({
  launchApp,
  launchServer,
}) => {
  const server = await launchServer()
  const grace = await hostAs('Grace', server.url, 'Lobby')
  const evening = await launchApp({ name: 'ada' })
  const ada = roomPage(evening.page)
  const { keyboard } = evening.page
  await startPage(evening.page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${grace.roomId}` })
  await ada.isOpen('Lobby')
  await ada.room('Host a room').click()
  await startPage(evening.page).host({ as: 'Ada', title: 'Ops' })
  await ada.isOpen('Ops')
  await ada.room(/Lobby/).click()
  await ada.isOpen('Lobby')
  await ada.send('Lunch at noon')

  await keyboard.press('ArrowUp')
  await keyboard.type(', or one')
  await keyboard.press('Alt+ArrowDown')
  await ada.isOpen('Ops')
  await expect(ada.composer).toHaveValue('')
  await ada.send('Quiet here')
  // What the server has not got yet cannot be answered.
  await expect(ada.message('Quiet here')).toBeVisible()
  await expect(ada.waiting).toHaveCount(0)
  await keyboard.press('Shift+ArrowUp')
  await keyboard.type('Very')
  await evening.close()

  const morning = await launchApp({ name: 'ada', profile: evening.profile })
  const again = roomPage(morning.page)
  await again.isOpen('Ops')
  await expect(again.context).toHaveText('Replying to Ada Quiet here')
  await expect(again.composer).toHaveValue('Very')
  await again.composer.press('Enter')
  await expect(again.message('Very').getByRole('button', { name: 'Ada Quiet here' })).toBeVisible()
  await again.room(/Lobby/).click()
  await again.isOpen('Lobby')
  await expect(again.context).toHaveText('Editing your message')
  await expect(again.composer).toHaveValue('Lunch at noon, or one')
  await again.composer.press('Enter')
  await expect(again.context).toHaveCount(0)
  expect((await grace.heard('message_changed'))[0]?.message.text).toBe('Lunch at noon, or one')
  grace.close()
})
