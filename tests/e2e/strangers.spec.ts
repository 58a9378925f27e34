import { randomUUID } from 'node:crypto'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'
import { joinAs } from './support/scripted-person'

test('a stranger who writes alone is blocked, and left, where they are read', async ({ launchApp, launchGuest }) => {
  const { app, ada, phone, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)
  const write = async (name: string) => {
    const memberId = grace.entry.members.find((member) => member.name === name)?.memberId
    const opened = await grace.ask('open_direct', { memberId })
    if (!opened.ok) return opened
    const to = opened.value.room.roomId
    return grace.ask('send_message', { roomId: to, clientKey: randomUUID(), text: 'Buy my umbrellas' })
  }
  for (const name of ['Ada', 'Linus']) expect(await write(name)).toMatchObject({ ok: true })

  await ada.room(/Grace/).click()
  const bar = app.page.getByRole('region', { name: 'Somebody new' })
  await expect(bar).toContainText('Grace wrote to you alone, and you have not answered.')
  await bar.getByRole('button', { name: 'Block' }).click()
  await ada.dialog.getByRole('button', { name: 'Block' }).click()
  await expect(bar).toContainText('You have blocked Grace.')
  await expect(bar.getByRole('button', { name: 'Unblock' })).toBeFocused()
  expect(await write('Ada')).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  await bar.getByRole('button', { name: 'Leave conversation' }).click()
  await ada.isOpen('Lobby')
  await expect(ada.room(/Grace/)).toBeHidden()

  await linus.roomsButton.tap()
  await linus.room(/Grace/).tap()
  await expect(phone.page.getByRole('region', { name: 'Somebody new' })).toContainText('Grace wrote to you alone')
  await linus.send('No, thank you')
  await expect(phone.page.getByRole('region', { name: 'Somebody new' })).toBeHidden()
  grace.close()
})

test('who takes conversations only from those they know says so in the settings, and it lasts', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, phone, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)
  const open = async (name: string) => {
    const memberId = grace.entry.members.find((member) => member.name === name)?.memberId
    return (await grace.ask('open_direct', { memberId })).ok
  }

  await ada.settings.click()
  await ada.settingsItem('Only from people I wrote to').click()
  await expect(ada.settingsItem('Only from people I wrote to')).toBeChecked()
  await app.page.keyboard.press('Escape')
  expect(await open('Ada')).toBe(false)

  await linus.roomsButton.tap()
  await linus.settings.tap()
  await linus.settingsItem('Only from people I wrote to').tap()
  await phone.page.keyboard.press('Escape')
  await phone.page.reload()
  await linus.isOpen('Lobby')
  await linus.roomsButton.tap()
  await linus.settings.tap()
  await expect(linus.settingsItem('Only from people I wrote to')).toBeChecked()
  expect(await open('Linus')).toBe(false)
  grace.close()
})
