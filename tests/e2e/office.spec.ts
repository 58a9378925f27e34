import type { Page } from '@playwright/test'
import { lines, sameEverywhere, saidBy, sendAll } from './pages/conversation'
import { roomPage, type RoomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { expect, test } from './support/parlor'

/** Ten seconds are the longest pause between attempts; the rest is this machine's. */
const backByThemselves = { timeout: 20_000 }

const clipboardOnInsecurePage = async (page: Page, room: RoomPage) => {
  await room.composer.fill('')
  await room.composer.press('ControlOrMeta+v')
  const pasted = await room.composer.inputValue()
  await room.composer.fill('')
  return page.evaluate(() => isSecureContext).then((isSecure) => ({ isSecure, pasted }))
}

test('an office talks through a killed server and a host that comes and goes', async ({ launchApp, launchGuest }) => {
  test.setTimeout(400_000)
  const adasApp = await launchApp({ name: 'ada' })
  const ada = roomPage(adasApp.page)
  await startPage(adasApp.page).host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  const code = await ada.code()

  await test.step('the room code is shown and copied with one click', async () => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
    await ada.copyCode.click()
    await expect(ada.toast('Room code copied')).toBeVisible()
    expect(await adasApp.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(code)
    await expect(adasApp.page.getByText(`http://127.0.0.1:${adasApp.port}`, { exact: true })).toBeVisible()
  })

  const gracesApp = await launchApp({ name: 'grace' })
  await startPage(gracesApp.page).join({ as: 'Grace', at: `127.0.0.1:${adasApp.port}/${code}` })
  let grace = roomPage(gracesApp.page)
  await grace.isOpen('Lobby')

  const linusPhone = await launchGuest({ name: 'linus', port: adasApp.port, path: `/${code}` })
  await startPage(linusPhone.page).enter({ as: 'Linus' })
  const linus = roomPage(linusPhone.page)
  await linus.isOpen('Lobby')
  await linus.codeIs(code)
  const everybody = () => [ada, grace, linus]

  await test.step('the guest is on an origin that is not secure, and can still copy', async () => {
    await linus.copyCode.click()
    await expect(linus.toast('Room code copied')).toBeVisible()
    expect(await clipboardOnInsecurePage(linusPhone.page, linus)).toEqual({ isSecure: false, pasted: code })
  })

  await test.step('everybody sees who is here, themselves first', async () => {
    await expect(ada.people).toMatchAriaSnapshot(`
      - region "People":
        - heading "People 3"
        - list:
          - listitem: Ada you host online
          - listitem: Grace online
          - listitem: Linus online
    `)
    await expect(grace.people).toMatchAriaSnapshot(`
      - list:
        - listitem: Grace you online
        - listitem: Ada host online
        - listitem: Linus online
    `)
    await linus.peopleButton.click()
    await expect(linus.people).toMatchAriaSnapshot(`
      - list:
        - listitem: Linus you online
        - listitem: Ada host online
        - listitem: Grace online
    `)
    await linus.closePanel.click()
    await expect(ada.notice('Grace and Linus joined')).toBeVisible()
  })

  await test.step('what one says all see, links as links and markup as text', async () => {
    const link = 'https://parlor.example/minutes?of=today'
    await ada.send('Good morning')
    await expect(grace.message('Good morning')).toBeVisible()
    await expect(linus.message('Good morning')).toBeVisible()
    await grace.send(`The minutes: ${link}`)
    await expect(ada.message('The minutes').getByRole('link', { name: link })).toHaveAttribute('href', link)
    await linus.send('<img src=x onerror=alert(1)>')
    for (const room of everybody()) {
      await expect(room.message('<img src=x onerror=alert(1)>')).toBeVisible()
      await expect(room.log.locator('img')).toHaveCount(0)
    }
    await sameEverywhere(everybody(), 3)
  })

  await test.step('a server killed in the middle comes back, and nothing is lost or doubled', async () => {
    const [fromAda, fromGrace, fromLinus] = [
      lines('Ada', 'notes', 8),
      lines('Grace', 'notes', 8),
      lines('Linus', 'notes', 8),
    ]
    const killed = await adasApp.serverPid()
    const talking = Promise.all([sendAll(ada, fromAda), sendAll(grace, fromGrace), sendAll(linus, fromLinus)])
    await expect(grace.message('Linus notes 2')).toBeVisible()
    process.kill(killed!, 'SIGKILL')
    await talking

    const transcript = await sameEverywhere(everybody(), 3 + 24)
    expect(saidBy(transcript, 'Ada').slice(1)).toEqual(fromAda)
    expect(saidBy(transcript, 'Grace').slice(1)).toEqual(fromGrace)
    expect(saidBy(transcript, 'Linus').slice(1)).toEqual(fromLinus)
    expect(await adasApp.serverPid()).not.toBe(killed)
  })

  await test.step('the host quits; the others go on writing, the phone reloads, an app is quit', async () => {
    await adasApp.close()
    await expect(grace.strip).toHaveText(/What you write/)
    await linus.send('Linus is still here')
    await expect(linus.waiting).toHaveCount(1)
    await grace.send('Grace is still here')
    await expect(grace.waiting).toHaveCount(1)
    await expect(linusPhone.page.reload()).rejects.toThrow(/ERR_CONNECTION_REFUSED/)
    await gracesApp.close()
  })

  const gracesNextApp = await launchApp({ name: 'grace', profile: gracesApp.profile })
  grace = roomPage(gracesNextApp.page)
  await test.step('an app started without its server has the room and what waits to be sent', async () => {
    await grace.isOpen('Lobby')
    await expect(grace.message('Grace is still here')).toBeVisible()
    await expect(grace.waiting).toHaveCount(1)
  })

  const adasNextApp = await launchApp({ name: 'ada', profile: adasApp.profile })
  const adaAgain = roomPage(adasNextApp.page)
  await test.step('the host is back: room, history and names are there, and what was written meanwhile', async () => {
    await adaAgain.isOpen('Lobby')
    await adaAgain.codeIs(code)
    await expect(adaAgain.message('Grace is still here')).toBeVisible(backByThemselves)
    // The reload failed while nothing answered; the phone opens the address again.
    await linusPhone.page.goto(`${linusPhone.origin}/${code}`)
    await linus.isOpen('Lobby')
    await expect(adaAgain.message('Linus is still here')).toBeVisible(backByThemselves)

    const transcript = await sameEverywhere([adaAgain, grace, linus], 3 + 24 + 2)
    expect(transcript.slice(-2).map(({ by, text }) => `${by}: ${text}`)).toEqual([
      'Grace: Grace is still here',
      'Linus: Linus is still here',
    ])
    await expect(adaAgain.people).toMatchAriaSnapshot(`
      - list:
        - listitem: Ada you host online
        - listitem: Grace online
        - listitem: Linus online
    `)
  })

  await test.step('and they talk on', async () => {
    await adaAgain.send('Where were we?')
    await expect(grace.message('Where were we?')).toBeVisible()
    await expect(linus.message('Where were we?')).toBeVisible()
  })
})
