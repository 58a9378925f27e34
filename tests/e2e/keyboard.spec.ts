import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { tabTo } from './pages/tab-to'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'
import { hostAs, joinAs, say } from './support/scripted-person'

test('everything that can be done to a message is done with the keyboard', async ({ launchApp, launchGuest }) => {
  const { app, ada, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const { keyboard } = app.page
  const grace = await joinAs('Grace', url, roomId)
  await say(grace, 'Shall we?')
  await ada.send('Yes')
  await expect(linus.message('Yes')).toBeVisible()
  const [shallWe, yes] = [ada.message('Shall we?'), ada.message('Yes')]

  await test.step('F6 goes around the parts of the window, Shift+F6 back', async () => {
    const stops = [ada.people.getByRole('button').first(), ada.room('Lobby'), ada.copyCode, ada.log, ada.composer]
    await expect(ada.composer).toBeFocused()
    for (const stop of stops) {
      await keyboard.press('F6')
      await expect(stop).toBeFocused()
    }
    await keyboard.press('Shift+F6')
    await expect(ada.log).toBeFocused()
  })

  await test.step('the arrows go from message to message, Tab to what can be done', async () => {
    await keyboard.press('ArrowUp')
    await expect(yes).toBeFocused()
    await keyboard.press('ArrowUp')
    await expect(shallWe).toBeFocused()
    await keyboard.press('Tab')
    await expect(shallWe.getByRole('button', { name: 'React with 👍' })).toBeFocused()
    await keyboard.press('Enter')
    await expect(linus.message('Shall we?').getByRole('button', { name: 'Ada reacted with 👍' })).toBeVisible()

    await tabTo(shallWe.getByRole('button', { name: 'React with another emoji' }))
    await keyboard.press('Enter')
    await expect(ada.emojiSearch).toBeFocused()
    await keyboard.type('rocket')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(linus.message('Shall we?').getByRole('button', { name: 'Ada reacted with 🚀' })).toBeVisible()
    await expect(shallWe.getByRole('button', { name: 'React with another emoji' })).toBeFocused()

    await tabTo(shallWe.getByRole('button', { name: 'Reply', exact: true }))
    await keyboard.press('Enter')
    await expect(ada.composer).toBeFocused()
    await keyboard.type('At noon')
    await keyboard.press('Enter')
    await expect(linus.message('At noon').getByRole('button', { name: 'Grace Shall we?' })).toBeVisible()
  })

  await test.step('Enter opens the menu, letters and arrows choose', async () => {
    const menuOf = async (steps: number) => {
      await keyboard.press('Shift+F6')
      await expect(ada.log).toBeFocused()
      for (let step = 0; step < steps; step++) await keyboard.press('ArrowUp')
      await keyboard.press('Enter')
      await expect(ada.menuItem('Reply')).toBeFocused()
    }
    await menuOf(1)
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(linus.message('At noon').getByText('Pinned')).toBeVisible()
    await expect(ada.message('At noon').getByRole('button', { name: 'More' })).toBeFocused()

    await keyboard.press('Enter')
    await keyboard.type('ed')
    await keyboard.press('Enter')
    await expect(ada.composer).toHaveValue('At noon')
    await expect(ada.composer).toBeFocused()
    await keyboard.type(', then')
    await keyboard.press('Enter')
    await expect(linus.message('At noon, then')).toBeVisible()

    await menuOf(2)
    await keyboard.type('del')
    await keyboard.press('Enter')
    await tabTo(ada.dialog.getByRole('button', { name: 'Delete message' }))
    await keyboard.press('Enter')
    await expect(linus.notice('This message was deleted.')).toBeVisible()
  })

  await test.step('the newest message is answered and reacted to from the box', async () => {
    await say(grace, 'Good')
    await expect(ada.message('Good')).toBeVisible()
    await ada.composer.focus()
    await keyboard.press('Shift+ArrowUp')
    await expect(ada.context).toHaveText('Replying to Grace Good')
    await keyboard.press('Escape')
    await expect(ada.context).toHaveCount(0)
    await keyboard.press('Control+Shift+\\')
    await expect(ada.emojiSearch).toBeFocused()
    await keyboard.type('tada')
    await keyboard.press('Enter')
    await expect(linus.message('Good').getByRole('button', { name: 'Ada reacted with 🎉' })).toBeVisible()
  })
  grace.close()
})

test('rooms, panels, people and settings are reached with the keyboard', async ({ launchApp, launchServer }) => {
  const server = await launchServer()
  const [lobby, ops] = [await hostAs('Grace', server.url, 'Lobby'), await hostAs('Linus', server.url, 'Ops')]
  const pinned = await say(ops, 'Keys are under the mat')
  await ops.get('pin_message', { roomId: ops.roomId, seq: pinned.message.seq, pinned: true })
  const { page } = await launchApp({ name: 'ada' })
  const { keyboard } = page
  const ada = roomPage(page)
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${lobby.roomId}` })
  await ada.isOpen('Lobby')
  await ada.room('Join a room').click()
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${ops.roomId}` })
  await ada.isOpen('Ops')

  await test.step('between rooms', async () => {
    await keyboard.press('Control+k')
    await expect(ada.switcher).toBeFocused()
    await keyboard.type('lob')
    await keyboard.press('Enter')
    await ada.isOpen('Lobby')
    await expect(ada.composer).toBeFocused()
    await keyboard.press('Control+k')
    await expect(ada.switcher).toBeFocused()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await ada.isOpen('Ops')
    await keyboard.press('Alt+ArrowLeft')
    await ada.isOpen('Lobby')
    await keyboard.press('Alt+ArrowRight')
    await ada.isOpen('Ops')
    await keyboard.press('Alt+ArrowUp')
    await ada.isOpen('Lobby')
    await keyboard.press('Alt+ArrowDown')
    await ada.isOpen('Ops')
  })

  await test.step('search and pinned messages', async () => {
    await keyboard.press('Control+f')
    await expect(ada.searchField).toBeFocused()
    await keyboard.type('mat')
    await tabTo(ada.searchPanel.getByRole('listitem').getByRole('button'))
    await keyboard.press('Enter')
    await expect(ada.message('Keys are')).toHaveClass(/reached/)
    await keyboard.press('Escape')
    await expect(ada.people).toBeVisible()
    await tabTo(ada.pinned, 'Shift+Tab')
    await keyboard.press('Enter')
    await tabTo(ada.pinnedList.getByRole('listitem').getByRole('button'))
    await keyboard.press('Enter')
    await expect(ada.message('Keys are')).toHaveClass(/reached/)
    await keyboard.press('Escape')
  })

  await test.step('help and settings', async () => {
    await keyboard.press('Control+/')
    await expect(ada.help.getByRole('searchbox')).toBeFocused()
    await keyboard.type('bold')
    await expect(ada.help.getByRole('term')).toHaveText('Bold')
    await keyboard.press('Escape')
    await expect(ada.help).toHaveCount(0)
    await expect(ada.composer).toBeFocused()
    await keyboard.press('Control+,')
    await expect(ada.settingsItem('That I am writing')).toBeVisible()
    await keyboard.type('that')
    await keyboard.press('Enter')
    await expect(ada.settingsItem('That I am writing')).not.toBeChecked()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 'Escape']) await keyboard.press(key)
    await ada.composer.focus()
    await keyboard.type('one')
    await keyboard.press('Enter')
    await keyboard.type('two')
    await expect(ada.composer).toHaveValue('one\ntwo')
    await keyboard.press('Control+Enter')
    await expect(ada.message('one')).toBeVisible()
  })

  await test.step('a person', async () => {
    await tabTo(ada.more('Linus'))
    await keyboard.press('Enter')
    await expect(ada.menuItem('Message')).toBeFocused()
    await keyboard.press('Enter')
    await ada.isOpen('Linus')
    await expect(ada.composer).toBeFocused()
  })

  await test.step('from screens that are no room', async () => {
    const { address, name } = startPage(page)
    const settingsOpen = async () => {
      await keyboard.press('Control+,')
      await expect(ada.settingsItem('That I am writing')).toBeVisible()
      await keyboard.press('Escape')
      await expect(ada.settingsItem('That I am writing')).toHaveCount(0)
    }
    await ada.room('Join a room').click()
    await expect(address).toBeVisible()
    await settingsOpen()
    await name.focus()
    await keyboard.press('Alt+ArrowDown')
    await ada.isOpen('Lobby')
    await keyboard.press('Alt+ArrowLeft')
    await expect(address).toBeVisible()
    await keyboard.press('Alt+ArrowUp')
    await ada.isOpen('Linus')
    await keyboard.press('Alt+ArrowLeft')
    await keyboard.press('Control+k')
    await expect(ada.switcher).toBeFocused()
    await keyboard.type('ops')
    await keyboard.press('Enter')
    await ada.isOpen('Ops')

    await ops.get('close_room', { roomId: ops.roomId })
    await expect(ada.title).toHaveText('The host closed this room')
    await settingsOpen()
    await keyboard.press('Control+k')
    await keyboard.type('lob')
    await keyboard.press('Enter')
    await ada.isOpen('Lobby')
    await keyboard.press('Alt+ArrowLeft')
    await expect(ada.title).toHaveText(/^Join/)
    await settingsOpen()
    await name.focus()
    await keyboard.press('Alt+ArrowDown')
    await ada.isOpen('Lobby')
  })
  for (const person of [lobby, ops]) person.close()
})

test('Esc goes back one step at a time', async ({ launchApp, launchServer }) => {
  const server = await launchServer()
  const grace = await hostAs('Grace', server.url, 'Lobby')
  for (let line = 1; line <= 40; line++) await say(grace, `Line ${line}`)
  const { page } = await launchApp({ name: 'ada' })
  const { keyboard } = page
  const ada = roomPage(page)
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${grace.roomId}` })
  await expect(ada.message('Line 40')).toBeInViewport()

  for (let pages = 0; pages < 3; pages++) await keyboard.press('PageUp')
  await expect(ada.jump).toBeVisible()
  await ada.pinned.click()
  await ada.composer.focus()
  await keyboard.press('Shift+ArrowUp')
  await keyboard.type('see :hear')
  const open = { suggestions: ada.suggestions.first(), answer: ada.context, panel: ada.pinnedList, wayBack: ada.jump }
  for (const one of Object.values(open)) await expect(one).toBeVisible()

  for (const one of Object.values(open)) {
    await keyboard.press('Escape')
    await expect(one).toBeHidden()
  }
  await expect(ada.message('Line 40')).toBeInViewport()
  await expect(ada.composer).toHaveValue('see :hear')
  await expect(ada.composer).toBeFocused()
  grace.close()
})
