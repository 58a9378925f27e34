import { seedRoom } from '../support/seed-room'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs, joinAs, say } from './support/scripted-person'

const day = 24 * 60 * 60_000
const old = Date.parse('2026-01-15T12:00:00Z')

const said = Array.from({ length: 400 }, (_, index) => ({
  by: index % 2 === 0 ? 'Grace' : 'Linus',
  text: index === 9 ? 'The **needle** is in the haystack' : `Line ${index + 1}`,
  sentAt: old + Math.floor(index / 100) * day + index * 1_000,
}))

test('search finds in the room and everywhere as one types, and leads to the message among its neighbours', async ({
  launchApp,
  launchServer,
}) => {
  const { dataDir, roomId } = await seedRoom('Lobby', said)
  const server = await launchServer({ dataDir })
  const ops = await hostAs('Edsger', server.url, 'Ops')
  await say(ops, 'Another needle')
  const { page } = await launchApp({ name: 'ada' })
  const ada = roomPage(page)
  for (const code of [ops.roomId, roomId]) {
    if (code === roomId) await ada.room('Join a room').click()
    await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/${code}` })
    await ada.isOpen(code === roomId ? 'Lobby' : 'Ops')
  }
  const { keyboard } = page
  const hits = ada.searchPanel.getByRole('listitem')

  await keyboard.press('Control+f')
  await expect(ada.searchField).toBeFocused()
  await keyboard.type('needl')
  await expect(hits).toHaveText(/Linus.*The needle is in the haystack/)
  await expect(hits.locator('mark')).toHaveText('needl')
  await hits.getByRole('button').click()
  const found = ada.message('The needle')
  await expect(found).toBeInViewport()
  await expect(found).toHaveClass(/reached/)
  await expect(ada.message(/^Line 9$/)).toBeInViewport()
  await expect(ada.message(/^Line 11$/)).toBeInViewport()

  await keyboard.press('Control+Shift+f')
  await expect(ada.searchField).toBeFocused()
  await expect(hits).toHaveText([/Edsger.*Ops.*Another needle/, /Linus.*Lobby.*The needle/])
  await hits.first().getByRole('button').click()
  await ada.isOpen('Ops')
  await expect(ada.message('Another needle')).toHaveClass(/reached/)

  await expect(ada.composer).toBeFocused()
  await expect(ada.searchField).toHaveValue('needl')
  await expect(hits).toHaveCount(2)
  await keyboard.press('Control+f')
  await expect(hits).toHaveText(/Edsger.*Another needle/)
  await keyboard.press('Alt+ArrowDown')
  await ada.isOpen('Lobby')
  await expect(hits).toHaveText(/Linus.*The needle/)
  await expect(ada.composer).toBeFocused()
  await keyboard.press('Control+Shift+f')
  await expect(hits).toHaveCount(2)

  const shown = async (query: string) => {
    await ada.searchField.fill(query)
    await expect(ada.searchPanel.getByRole('status')).toHaveText(/found/)
    return hits.locator('.excerpt').allTextContents()
  }
  await expect.poll(() => shown('from:edsger needle')).toEqual(['Another needle'])
  await expect.poll(() => shown('in:lob needle')).toEqual(['The needle is in the haystack'])
  await expect.poll(() => shown('needle before:2026-01-16')).toEqual(['The needle is in the haystack'])
  await expect.poll(() => shown('needle after:2026-01-16')).toEqual(['Another needle'])
  await ada.searchField.fill('nothing like it')
  await expect(ada.searchPanel.getByRole('status')).toHaveText('Nothing found.')
  await keyboard.press('Escape')
  await expect(ada.people).toBeVisible()
  ops.close()
})

test('on a phone search is a sheet, which makes way for what it found', async ({
  launchApp,
  launchGuest,
  launchServer,
}) => {
  const { dataDir, roomId } = await seedRoom('Lobby', said)
  const { port } = await launchServer({ dataDir })
  const { room: linus } = await screens['phone']!({ launchApp, launchGuest }, { as: 'Edsger', port, roomId })

  await linus.menu.tap()
  await linus.menuItem('Search').tap()
  await linus.searchField.fill('haystack')
  await linus.searchPanel.getByRole('listitem').getByRole('button').tap()
  await expect(linus.searchPanel).toBeHidden()
  await expect(linus.message('haystack')).toBeInViewport()
  await expect(linus.message('haystack')).toHaveClass(/reached/)
})

test('the pinned messages follow what others pin, however far back, and come when the server is back', async ({
  launchApp,
  launchServer,
  openCable,
}) => {
  const { dataDir, roomId } = await seedRoom('Lobby', said)
  const server = await launchServer({ dataDir })
  const cable = await openCable(server)
  const edsger = await joinAs('Edsger', server.url, roomId)
  const pin = (seq: number, pinned = true) => edsger.get('pin_message', { roomId, seq, pinned })
  await pin(20)
  const { page } = await launchApp({ name: 'ada' })
  const ada = roomPage(page)
  const listed = ada.pinnedList.getByRole('listitem')
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${cable.port}/${roomId}` })
  await ada.isOpen('Lobby')

  await ada.pinned.click()
  await expect(listed).toHaveText([/Line 20$/])
  await pin(10)
  await expect(listed).toHaveText([/Line 20$/, /The needle/])
  await pin(20, false)
  await expect(listed).toHaveText([/The needle/])

  cable.pull()
  await expect(ada.strip).toContainText('What you write')
  await page.keyboard.press('Escape')
  await ada.pinned.click()
  await expect(ada.pinnedList.getByRole('alert')).toBeVisible()
  cable.plug()
  await expect(listed).toHaveText([/The needle/], { timeout: 20_000 })
  await expect(ada.pinnedList.getByRole('alert')).toHaveCount(0)
  edsger.close()
})
