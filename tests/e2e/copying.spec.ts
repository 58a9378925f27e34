import { chooseFor } from './pages/message-acts'
import { findFlaws } from './support/find-flaws'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'

test('text and link of a message are copied on plain http too, and the link leads to the message', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, phone, linus } = await openOffice({ launchApp, launchGuest })
  await ada.send('Read **this**')
  const pasted = async () => {
    await linus.composer.fill('')
    await linus.composer.press('ControlOrMeta+v')
    return linus.composer.inputValue()
  }

  expect(await phone.page.evaluate(() => isSecureContext)).toBe(false)
  await chooseFor(linus.message('Read this'), 'Copy text')
  await expect(linus.toast('Text copied')).toBeVisible()
  expect(await pasted()).toBe('Read **this**')
  await chooseFor(linus.message('Read this'), 'Copy link to message')
  await expect(linus.toast('Link copied')).toBeVisible()
  const link = await pasted()
  expect(link).toMatch(new RegExp(`^${phone.origin}/[0-9A-Z]{6}#\\d+$`))

  await phone.page.goto('about:blank')
  await phone.page.goto(link)
  await expect(linus.message('Read this')).toHaveClass(/reached/)
  // Here it is a place in a room one is in, not a page.
  await linus.send(link)
  await linus.message(link).getByRole('link').click()
  await expect(linus.message('Read this')).toHaveClass(/reached/)

  await chooseFor(ada.message('Read this'), 'Copy link to message')
  await expect(ada.toast('Link copied')).toBeVisible()
  expect(await app.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/\w{6}#\d+$/,
  )
})

test('what the browser will not copy is shown whole and selected', async ({ launchApp, launchGuest }) => {
  const { ada, phone, linus, roomId } = await openOffice({ launchApp, launchGuest })
  const { page, origin } = phone
  await ada.send('Read **this**')
  await page.evaluate(() => Object.assign(document, { execCommand: () => false }))
  const byHand = async () => {
    await expect(linus.toCopy).toBeInViewport({ ratio: 1 })
    await expect(linus.toCopy).toBeFocused()
    await page.keyboard.press('ControlOrMeta+c')
    await page.keyboard.press('Escape')
    await expect(linus.toCopy).toHaveCount(0)
    await linus.composer.fill('')
    await linus.composer.press('ControlOrMeta+v')
    return linus.composer.inputValue()
  }

  await linus.copyCode.click()
  await expect(linus.toCopy).toBeVisible()
  expect(await findFlaws(page, 'what could not be copied')).toEqual([])
  expect(await byHand()).toBe(roomId)
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  expect(await byHand()).toBe(`${origin}/${roomId}`)
  await chooseFor(linus.message('Read this'), 'Copy text')
  expect(await byHand()).toBe('Read **this**')
  await chooseFor(linus.message('Read this'), 'Copy link to message')
  expect(await byHand()).toMatch(new RegExp(`^${origin}/${roomId}#\\d+$`))
})
