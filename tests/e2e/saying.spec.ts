import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { act } from './pages/message-acts'
import { roomPage } from './pages/room-page'
import { openOffice } from './support/office'
import { expect, test } from './support/parlor'
import { joinAs, say } from './support/scripted-person'

const code = 'const answer = 42\n// that is all'

test('what is typed as Markdown is formatted on every screen, and the text itself is what travels', async ({
  launchApp,
  launchGuest,
}) => {
  const { ada, phone, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const grace = await joinAs('Grace', url, roomId)
  const written = '**bold** _slanted_ ~~gone~~ `code` https://parlor.example/'

  await ada.send(written)
  for (const room of [ada, linus]) {
    const message = room.message('bold slanted gone code')
    await expect(message.locator('strong')).toHaveText('bold')
    await expect(message.locator('em')).toHaveText('slanted')
    await expect(message.locator('s')).toHaveText('gone')
    await expect(message.locator('code')).toHaveText('code')
    await expect(message.getByRole('link')).toHaveAttribute('href', 'https://parlor.example/')
  }
  expect((await grace.heard('message_posted'))[0]?.message.text).toBe(written)

  await say(grace, `> quoted\n\n- first\n- second\n\n\`\`\`ts\n${code}\n\`\`\``)
  for (const room of [ada, linus]) {
    const message = room.message('quoted')
    await expect(message.getByRole('blockquote')).toHaveText('quoted')
    await expect(message.getByRole('listitem')).toHaveText(['first', 'second'])
    const block = message.getByRole('group', { name: 'Code in ts' })
    await expect(block).toHaveText(code, { useInnerText: true })
    await expect(block.locator('.keyword')).toHaveText('const')
    await expect(block.locator('.comment')).toHaveText('// that is all')
  }

  await linus.message('quoted').getByRole('button', { name: 'Copy' }).click()
  await expect(linus.toast('Code copied')).toBeVisible()
  await linus.composer.focus()
  await phone.page.keyboard.press('ControlOrMeta+v')
  await expect(linus.composer).toHaveValue(code)
  grace.close()
})

test('a message of nothing but emoji is big, and emoji are found without a network', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, phone, linus } = await openOffice({ launchApp, launchGuest })
  await ada.send('Well done')
  await ada.composer.focus()
  await app.page.keyboard.type(':tad')
  await expect(ada.suggestions).toHaveText(['🎉:tada:'])
  await app.page.keyboard.press('Tab')
  await expect(ada.composer).toHaveValue('🎉 ')
  // A name that is written out needs no choosing.
  await app.page.keyboard.type(':heart:')
  await expect(ada.composer).toHaveValue('🎉 ❤️')
  await app.page.keyboard.press('Enter')
  const sizeOf = (text: string) =>
    linus
      .message(text)
      .locator('.text')
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
  expect(await sizeOf('🎉')).toBeGreaterThan(1.3 * (await sizeOf('Well done')))

  await ada.emojiButton.click()
  await expect(ada.emojiSearch).toBeFocused()
  await app.page.keyboard.type('rocket')
  await app.page.keyboard.press('ArrowDown')
  await expect(app.page.getByRole('button', { name: 'rocket' })).toBeFocused()
  await app.page.keyboard.press('Enter')
  await expect(ada.composer).toHaveValue('🚀')
  await expect(ada.composer).toBeFocused()

  const hasList = () => performance.getEntriesByType('resource').some(({ name }) => name.includes('emoji-list'))
  await expect.poll(() => phone.page.evaluate(hasList)).toBe(true)
  await phone.page.context().setOffline(true)
  await linus.emojiButton.tap()
  await linus.emojiSearch.fill('rocket')
  await phone.page.getByRole('button', { name: 'rocket' }).tap()
  await expect(linus.composer).toHaveValue('🚀')
})

test('names complete with the arrows, Enter and Tab; everyone is asked about first', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, linus, url, roomId } = await openOffice({ launchApp, launchGuest })
  const { keyboard } = app.page
  const others = [await joinAs('Lisa', url, roomId), await joinAs('Grace', url, roomId)]
  await expect(ada.people.getByRole('listitem')).toHaveCount(4)

  await ada.composer.focus()
  await keyboard.type('Hello @Li')
  await expect(ada.suggestions).toHaveText(['Linus', 'Lisa'])
  await expect(ada.suggestions.nth(0)).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(ada.composer).toHaveValue('Hello @Lisa ')
  await keyboard.type('and ＠li')
  await keyboard.press('ArrowUp')
  await keyboard.press('ArrowUp')
  await keyboard.press('Tab')
  await expect(ada.composer).toHaveValue('Hello @Lisa and @Linus ')
  await keyboard.type('@gr')
  await expect(ada.suggestions).toHaveText(['Grace'])
  await keyboard.press('Escape')
  await expect(ada.suggestions).toHaveCount(0)
  await keyboard.press('Enter')
  await expect(linus.message('Hello @Lisa and @Linus @gr').locator('.mention')).toHaveText(['@Lisa', '@Linus'])
  await expect(linus.message('Hello').locator('.mention.you')).toHaveText('@Linus')

  await ada.send('@everyone but quietly')
  await expect(linus.message('but quietly')).toBeVisible()
  others.push(await joinAs('Edsger', url, roomId))
  await expect(ada.people.getByRole('listitem')).toHaveCount(5)
  await ada.composer.fill('@everyone lunch')
  await keyboard.press('Enter')
  await expect(ada.dialog).toContainText('5 people')
  await keyboard.press('Escape')
  await expect(ada.composer).toHaveValue('@everyone lunch')
  await keyboard.press('Enter')
  await ada.dialog.getByRole('button', { name: 'Send to everyone' }).click()
  await expect(linus.message('@everyone lunch')).toBeVisible()
  for (const person of others) person.close()
})

test('a draft outlives a reload in the browser and the death of the app, and shows in the list', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, phone, linus } = await openOffice({ launchApp, launchGuest })
  await linus.composer.fill('Half a thought of Linus')
  await phone.page.reload()
  await expect(linus.composer).toHaveValue('Half a thought of Linus')

  await ada.composer.focus()
  await app.page.keyboard.type('Half a thought of Ada')
  // Chromium itself takes five seconds and more.
  const kept = join(app.profile, 'Local Storage', 'leveldb')
  const files = () => readdirSync(kept).filter((file) => file.endsWith('.log'))
  await expect
    .poll(() => files().some((file) => readFileSync(join(kept, file), 'latin1').includes('Half a thought of Ada')), {
      timeout: 3_000,
      intervals: [50],
    })
    .toBe(true)
  app.app.process().kill('SIGKILL')

  const next = await launchApp({ name: 'ada', profile: app.profile, env: { PARLOR_PORT: String(app.port) } })
  const again = roomPage(next.page)
  await again.isOpen('Lobby')
  await expect(again.composer).toHaveValue('Half a thought of Ada')
  await again.more('Linus').click()
  await again.menuItem('Message').click()
  await again.isOpen('Linus')
  await expect(again.room('Lobby')).toHaveAccessibleName(/Draft/)
})

test('↑ edits the last own message, Esc leaves it, Ctrl+↑ brings back what was sent', async ({
  launchApp,
  launchGuest,
}) => {
  const { app, ada, linus } = await openOffice({ launchApp, launchGuest })
  const { keyboard } = app.page
  for (const text of ['first', 'second']) await ada.send(text)
  await expect(ada.waiting).toHaveCount(0)
  await ada.composer.focus()

  await keyboard.press('ArrowUp')
  await expect(ada.composer).toHaveValue('second')
  await expect(ada.context).toHaveText('Editing your message')
  await keyboard.press('Escape')
  await expect(ada.composer).toHaveValue('')
  await expect(ada.context).toHaveCount(0)

  await keyboard.press('ArrowUp')
  await keyboard.type(' thoughts')
  await keyboard.press('Enter')
  await expect(linus.message('second thoughts').getByText('edited')).toBeVisible()
  await expect(ada.composer).toHaveValue('')

  await keyboard.press('Control+ArrowUp')
  await expect(ada.composer).toHaveValue('second thoughts')
  await keyboard.press('Control+ArrowUp')
  await expect(ada.composer).toHaveValue('first')
  await keyboard.press('Control+ArrowDown')
  await keyboard.press('Control+ArrowDown')
  await expect(ada.composer).toHaveValue('')

  await keyboard.type('loud')
  await keyboard.press('Control+a')
  await keyboard.press('Control+b')
  await expect(ada.composer).toHaveValue('**loud**')
  await keyboard.press('Enter')
  await expect(linus.message('loud').locator('strong')).toHaveText('loud')
  await act(ada.message('loud'), 'Edit')
  await expect(ada.composer).toHaveValue('**loud**')
})
