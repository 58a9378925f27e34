import type { Page } from '@playwright/test'
import { seedRoom } from '../support/seed-room'
import { act, chooseFor } from './pages/message-acts'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs, joinAs, say } from './support/scripted-person'

/** A first attempt may come late: the pauses between attempts grow to ten seconds. */
const back = { timeout: 20_000 }

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, an answer shows what it answers and leads there, however far back`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    const said = Array.from({ length: 400 }, (_, index) => ({
      by: index % 2 === 0 ? 'Grace' : 'Linus',
      text: `Line ${index + 1}`,
      sentAt: Date.now() - (400 - index) * 60_000,
    }))
    const { dataDir, roomId } = await seedRoom('Lobby', said)
    const { port, url } = await launchServer({ dataDir })
    const { page, room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
    const edsger = await joinAs('Edsger', url, roomId)

    await act(room.message('Line 400'), 'Reply')
    await expect(room.context).toHaveText('Replying to Linus Line 400')
    await expect(room.composer).toBeFocused()
    await page.keyboard.type('Near')
    await page.keyboard.press('Enter')
    await expect(room.message('Near').getByRole('button', { name: 'Linus Line 400' })).toBeVisible()
    expect((await edsger.heard('message_posted'))[0]?.message.replyTo).toBe(400)

    await edsger.get('send_message', { roomId, clientKey: crypto.randomUUID(), text: 'Far', replyTo: 3 })
    await room.message('Far').getByRole('button', { name: 'Grace Line 3' }).click()
    await expect(room.message(/^Line 3$/)).toBeInViewport()
    await expect(room.message(/^Line 3$/)).toHaveClass(/reached/)
    await expect(room.message(/^Line 3$/)).not.toHaveClass(/reached/)

    // What is said meanwhile does not pull the reader away, and the way back is one click.
    await say(edsger, 'While you read')
    await expect(room.jump).toHaveText('1 new message')
    await expect(room.message(/^Line 3$/)).toBeInViewport()
    await room.jump.click()
    await expect(room.message('While you read')).toBeInViewport()
    edsger.close()
  })
}

test('reactions show who and how many, and are taken back with the same click', async ({ launchApp, launchGuest }) => {
  const { app, ada, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)
  const { message } = await say(grace, 'Cake in the kitchen')
  await grace.get('react', { roomId, seq: message.seq, emoji: '🎂' })
  const [onAda, onLinus] = [ada.message('Cake'), linus.message('Cake')]

  await act(onAda, 'React with 👍')
  await expect(onLinus.getByRole('button', { name: 'Ada reacted with 👍' })).toHaveText('👍1')
  await onLinus.getByRole('button', { name: 'Grace reacted with 🎂' }).click()
  const cake = onAda.getByRole('button', { name: 'Grace and Linus reacted with 🎂' })
  await expect(cake).toHaveText('🎂2')
  await expect(cake).toHaveAttribute('title', 'Grace and Linus reacted with 🎂')
  await onLinus.getByRole('button', { name: 'Grace and You reacted with 🎂' }).click()
  await expect(onAda.getByRole('button', { name: 'Grace reacted with 🎂' })).toHaveText('🎂1')

  await act(onAda, 'React with another emoji')
  await expect(ada.emojiSearch).toBeFocused()
  await app.page.keyboard.type('rocket')
  await app.page.keyboard.press('Enter')
  await expect(onLinus.getByRole('button', { name: 'Ada reacted with 🚀' })).toBeVisible()
  // What was used last stands first.
  await ada.message('Cake').hover()
  await expect(
    onAda
      .getByRole('toolbar')
      .getByRole('button', { name: /^React with \S+$/ })
      .first(),
  ).toHaveText('🚀')
  grace.close()
})

test('a message is edited, pinned and deleted before everybody’s eyes', async ({ launchApp, launchGuest }) => {
  const { app, ada, linus } = await openOffice({ launchApp, launchGuest })
  await ada.send('The code is 1234')
  await ada.send('Keep this')
  await expect(linus.message('Keep this')).toBeVisible()

  await linus.message('The code').hover()
  await expect(linus.message('The code').getByRole('button', { name: 'Edit' })).toHaveCount(0)
  await act(ada.message('The code'), 'Edit')
  await ada.send('The code is 4321')
  await expect(linus.message('The code is 4321').getByText('edited')).toBeVisible()
  await expect(linus.message('1234')).toHaveCount(0)

  await chooseFor(linus.message('Keep this'), 'Pin to the room')
  await expect(ada.message('Keep this').getByText('Pinned')).toBeVisible()
  await ada.pinned.click()
  await expect(ada.pinnedList.getByRole('listitem')).toHaveText(/Ada.*Keep this/)
  await chooseFor(ada.message('Keep this'), 'Unpin')
  await expect(ada.pinnedList).toContainText('Nothing is pinned here.')

  await chooseFor(ada.message('The code is'), 'Delete')
  await expect(ada.dialog).toContainText('removed for everybody')
  await ada.dialog.getByRole('button', { name: 'Delete message' }).click()
  for (const room of [ada, linus]) {
    await expect(room.notice('This message was deleted.')).toBeVisible()
    await expect(room.message('4321')).toHaveCount(0)
  }
  expect(await app.page.locator('body').innerText()).not.toContain('4321')
})

test('what was changed while somebody was cut off is there when they are back', async ({
  launchGuest,
  launchServer,
  openCable,
}) => {
  const server = await launchServer()
  const cable = await openCable(server)
  const grace = await hostAs('Grace', server.url, 'Lobby')
  const { roomId } = grace
  const seqs: number[] = []
  for (const text of ['to be edited', 'to be reacted to', 'to be deleted']) {
    seqs.push((await say(grace, text)).message.seq)
  }
  const { page } = await launchGuest({ name: 'linus', port: cable.port, path: `/${roomId}` })
  await startPage(page).enter({ as: 'Linus' })
  const linus = roomPage(page)
  await expect(linus.message('to be deleted')).toBeVisible()

  cable.pull()
  await expect(linus.strip).toContainText('What you write')
  await grace.get('edit_message', { roomId, seq: seqs[0], text: 'has been edited' })
  await grace.get('react', { roomId, seq: seqs[1], emoji: '👍' })
  await grace.get('delete_message', { roomId, seq: seqs[2] })
  await say(grace, 'welcome back')
  // What one changes oneself meanwhile is seen at once, and arrives later.
  await act(linus.message('to be reacted to'), 'React with ❤️')
  await expect(linus.message('to be reacted to').getByRole('button', { name: 'You reacted with ❤️' })).toBeVisible()
  cable.plug()

  await expect(linus.message('welcome back')).toBeVisible(back)
  await expect(linus.message('has been edited').getByText('edited', { exact: true })).toBeVisible()
  await expect(linus.message('to be reacted to').getByRole('button', { name: 'Grace reacted with 👍' })).toBeVisible()
  await expect(linus.notice('This message was deleted.')).toBeVisible()
  await expect(linus.message('to be deleted')).toHaveCount(0)
  await expect
    .poll(() =>
      grace
        .heardSoFar('message_changed')
        .at(-1)
        ?.message.reactions.map(({ emoji }) => emoji),
    )
    .toEqual(['👍', '❤️'])
  grace.close()
})

test('of two windows that edit one message at once, both end with the same text', async ({
  launchGuest,
  launchServer,
  openCable,
}) => {
  const server = await launchServer()
  const cable = await openCable(server)
  const grace = await hostAs('Grace', server.url, 'Lobby')
  const { page } = await launchGuest({ name: 'linus', port: cable.port, path: `/${grace.roomId}` })
  await startPage(page).enter({ as: 'Linus' })
  await roomPage(page).isOpen('Lobby')
  const windows = [page, await page.context().newPage()] as const
  await windows[1].goto(page.url())
  const rooms = windows.map(roomPage)
  await rooms[0]!.send('Draft')

  const edit = async (window: Page, text: string) => {
    const room = roomPage(window)
    await chooseFor(room.message('Draft'), 'Edit')
    await room.send(`Draft ${text}`)
  }
  await expect(rooms[1]!.message('Draft')).toBeVisible()
  cable.pull()
  await expect(rooms[0]!.strip).toContainText('What you write')
  await edit(windows[0], 'of the first window')
  await edit(windows[1], 'of the second window')
  cable.plug()

  const ends = async () => [
    ...(await Promise.all(rooms.map((room) => room.message('Draft').locator('.text').textContent()))),
    grace.heardSoFar('message_changed').at(-1)?.message.text,
  ]
  await expect.poll(() => grace.heardSoFar('message_changed').length, back).toBe(2)
  await expect.poll(async () => new Set(await ends()).size, back).toBe(1)
  expect((await ends())[0]).toMatch(/^Draft of the (first|second) window$/)
  grace.close()
})

test('edits and reactions waiting for the network outlive the death of the app', async ({
  launchApp,
  launchServer,
  openCable,
}) => {
  const server = await launchServer()
  const cable = await openCable(server)
  const grace = await hostAs('Grace', server.url, 'Lobby')
  await say(grace, 'Any news?')
  const app = await launchApp({ name: 'ada' })
  await startPage(app.page).join({ as: 'Ada', at: `127.0.0.1:${cable.port}/${grace.roomId}` })
  const ada = roomPage(app.page)
  await ada.send('Soon')
  await expect(ada.waiting).toHaveCount(0)

  cable.pull()
  await expect(ada.strip).toContainText('What you write')
  await act(ada.message('Soon'), 'Edit')
  await ada.send('Soon, at noon')
  await act(ada.message('Any news?'), 'React with 👍')
  await ada.send('Waiting')
  await expect(ada.waiting).toHaveCount(1)
  // An edit of what still waits changes it where it waits.
  await ada.composer.press('ArrowUp')
  await ada.send('Waiting, edited')
  await expect(ada.message('Waiting, edited')).toBeVisible()
  app.app.process().kill('SIGKILL')
  cable.plug()

  await launchApp({ name: 'ada', profile: app.profile })
  expect((await grace.heard('message_posted', 3)).map(({ message }) => message.text)).toEqual([
    'Any news?',
    'Soon',
    'Waiting, edited',
  ])
  const changed = (await grace.heard('message_changed', 2)).map(({ message }) => message)
  expect(changed.map(({ text, reactions }) => [text, reactions.map(({ emoji }) => emoji)])).toEqual([
    ['Soon, at noon', []],
    ['Any news?', ['👍']],
  ])
  grace.close()
})
