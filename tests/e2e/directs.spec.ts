import { startPage } from './pages/start-page'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'
import { joinAs, say } from './support/scripted-person'

test('two people write to each other alone, and nobody else hears, reads or finds it', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, phone, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)

  await app.page.keyboard.press('Control+k')
  await expect(ada.switcher).toBeFocused()
  await app.page.keyboard.type('lin')
  await app.page.keyboard.press('Enter')
  await ada.isOpen('Linus')
  await expect(app.page.getByText('Only you and Linus are in here')).toBeVisible()
  await ada.send('Between us: **cake**')

  await expect(linus.roomsButton).toHaveAccessibleName(/1 unread message/)
  await expect(phone.page).toHaveTitle('(1) Lobby — Parlor')
  await linus.roomsButton.tap()
  await linus.room(/Ada/).tap()
  await linus.isOpen('Ada')
  await expect(linus.message('Between us')).toBeVisible()
  await linus.send('I will bring plates')
  await expect(ada.message('plates')).toBeVisible()
  await linus.peopleButton.tap()
  await expect(linus.people.getByRole('listitem')).toHaveText([/Linus.*you/, /Ada/])
  await linus.closePanel.tap()

  const direct = /#\/(\w+)/.exec(app.page.url())?.[1]
  expect((await grace.ask('join_room', { roomId: direct, name: 'Grace' })).ok).toBe(false)
  expect((await grace.ask('fetch_history', { roomId: direct, before: 100 })).ok).toBe(false)
  expect(await grace.get('search_messages', { query: 'cake' })).toEqual({ hits: [], hasMore: false })
  expect(JSON.stringify(grace.log)).not.toMatch(/cake|plates/)
  grace.close()
})

test('who has left a conversation of two reads what the other writes there next', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, phone, linus } = await openOffice({ launchApp, launchGuest })
  await ada.more('Linus').click()
  await ada.menuItem('Message').click()
  await ada.isOpen('Linus')
  await ada.send('Are you there?')
  await linus.roomsButton.tap()
  await linus.room(/Ada/).tap()
  await linus.send('Yes')
  await expect(ada.message('Yes')).toBeVisible()
  await linus.choose('Leave room')
  await startPage(phone.page).recent('Lobby').tap()
  await expect(ada.notice('Linus left')).toBeVisible()
  await ada.isOpen('Linus')

  await ada.send('One more thing')
  await linus.roomsButton.tap()
  await linus.room(/Ada/).tap()
  await expect(linus.message('One more thing')).toBeVisible()
  await expect(app.page.getByText('Only you and Linus are in here')).toBeVisible()
})

test('who blocks somebody hears nothing more from them, until they change their mind', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)
  await expect(ada.people.getByRole('listitem')).toHaveText([/Ada/, /Grace/, /Linus/])
  await ada.send('Hello @Linus')
  await expect(linus.message('Hello')).toHaveClass(/named/)
  const adaId = grace.entry.members.find(({ name }) => name === 'Ada')?.memberId
  const blockAda = (blocked: boolean) => grace.get('block_member', { memberId: adaId, blocked })
  await blockAda(true)
  await ada.more('Grace').click()
  await ada.menuItem('Message').click()
  await expect(ada.toast('You cannot write to this person alone.')).toBeVisible()
  await blockAda(false)
  await ada.more('Linus').click()
  await ada.menuItem('Message').click()
  await ada.isOpen('Linus')
  await ada.send('Are you there?')
  await expect(linus.roomsButton).toHaveAccessibleName(/1 unread message/)

  await linus.peopleButton.tap()
  await linus.more('Ada').tap()
  await linus.menuItem('Block').tap()
  await linus.dialog.getByRole('button', { name: 'Block' }).tap()
  await expect(linus.people.getByRole('listitem').filter({ hasText: 'Ada' })).toContainText('blocked')
  await linus.closePanel.tap()
  await expect(linus.message('Hello')).toHaveCount(0)
  await expect(linus.notice('Blocked message')).toBeVisible()
  await expect(linus.roomsButton).not.toHaveAccessibleName(/unread/)

  await ada.send('Are you angry?')
  await expect(ada.message('Are you angry?')).toContainText('Not sent: you may not write here.')
  await ada.room(/Lobby/).click()
  await ada.composer.focus()
  const before = grace.heardSoFar('typing_changed').length
  await app.page.keyboard.type('@Linus, answer')
  await grace.heard('typing_changed', before + 1)
  await say(grace, 'Ada is writing to you')
  await expect(linus.message('Ada is writing to you')).toBeVisible()
  expect(await linus.typing('Ada is writing…').count()).toBe(0)
  await app.page.keyboard.press('Enter')
  const folded = linus.log.getByRole('button', { name: 'Show' })
  await expect(folded).toHaveCount(2)
  await folded.last().tap()
  await expect(linus.message('answer')).toBeVisible()

  await linus.peopleButton.tap()
  await linus.more('Ada').tap()
  await linus.menuItem('Unblock').tap()
  await linus.closePanel.tap()
  await expect(linus.message('Hello')).toBeVisible()
  await ada.send('Thank you')
  await expect(linus.message('Thank you')).toBeVisible()
  grace.close()
})
