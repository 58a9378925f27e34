import { filesOn } from './pages/files'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { pngFile } from './support/make-files'
import { beOlder } from './support/older-browser'
import { expect, test } from './support/parlor'
import { hostAs, joinAs, say } from './support/scripted-person'

test('a guest whose browser is some years old reads, writes and is sent files like everybody', async ({
  launchGuest,
  launchServer,
}) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Lobby')
  await say(grace, '👩‍👩‍👧‍👦👍🏽')
  const { page } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}`, before: beOlder })
  const [linus, files] = [roomPage(page), filesOn(page)]
  await startPage(page).enter({ as: 'Linus' })
  await linus.isOpen('Lobby')
  await expect(linus.message('👍🏽').locator('.text')).toHaveClass(/big/)

  await linus.send('**Good** morning 👋🏽')
  await linus.send('```ts\nconst answer = 42\n```')
  await expect(linus.message('morning').locator('strong')).toHaveText('Good')
  await expect(linus.message('answer').locator('code .keyword')).toBeVisible()
  await grace.heard('message_posted', 3)
  await files.choose(() => files.attach.click(), [pngFile('sunset.png', 1600, 900, [240, 120, 60])])
  await files.send.click()
  await expect
    .poll(() => files.image('sunset.png').evaluate((one: HTMLImageElement) => one.naturalWidth))
    .toBeGreaterThan(0)
  await files.picture('sunset.png').tap()
  await expect(files.shown).toBeVisible()
  await page.keyboard.press('Escape')

  // Somebody who was here before is back.
  const edsger = await joinAs('Edsger', url, grace.roomId)
  await edsger.get('join_room', { roomId: grace.roomId })
  await say(edsger, 'Hello @Linus')
  await expect(linus.message('Hello')).toHaveClass(/named/)
  await edsger.get('react', { roomId: grace.roomId, seq: 1, emoji: '❤️' })
  await grace.get('pin_message', { roomId: grace.roomId, seq: 1, pinned: true })
  await expect(linus.message('👍🏽')).toContainText('❤️')

  await page.reload()
  await linus.isOpen('Lobby')
  await expect(linus.message('Hello')).toBeVisible()
  await linus.openPinned()
  await expect(linus.pinnedList.getByRole('listitem')).toHaveText(/👍🏽/)
  await linus.closePanel.tap()
  await linus.menu.tap()
  await linus.menuItem('Search').tap()
  await linus.searchField.fill('morning')
  await expect(linus.searchPanel.getByRole('listitem')).toHaveText(/Good morning/)
  await linus.closePanel.tap()
  await linus.peopleButton.tap()
  await linus.more('Edsger').tap()
  await linus.menuItem('Message').tap()
  await linus.isOpen('Edsger')
  await linus.emojiButton.tap()
  await linus.emojiSearch.fill('waving hand')
  await linus.emojiSearch.press('Enter')
  await linus.composer.press('Enter')
  await expect(linus.message('👋')).toBeVisible()
  grace.close()
  edsger.close()
})
