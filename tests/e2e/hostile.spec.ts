import { connectPerson } from '../support/person'
import { hostileTexts } from './support/hostile-texts'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs, say } from './support/scripted-person'
import { watchOutbreaks } from './support/watch-outbreaks'

test('there are 250 different hostile texts', () => {
  expect(new Set(hostileTexts).size).toBe(250)
})

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, what strangers write as message, title or name stays text`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    test.setTimeout(400_000)
    const { port, url } = await launchServer()
    const mallory = await hostAs('Mallory', url, 'Lobby')
    const { roomId } = mallory
    const { page, room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
    await room.isOpen('Lobby')
    const outbreaks = await watchOutbreaks(page)

    await test.step('as messages', async () => {
      for (const text of hostileTexts) await say(mallory, text)
      await say(mallory, 'That was all')
      await expect(room.message('That was all')).toBeVisible()
      const shown = await room.transcript()
      expect(shown.map(({ text }) => text)).toEqual([...hostileTexts, 'That was all'])
    })

    await test.step('links lead only where links may', async () => {
      const protocols = await room.log
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).protocol))
      expect(new Set(protocols)).toEqual(new Set(['https:']))
    })

    await test.step('as titles', async () => {
      let accepted = 0
      for (const title of hostileTexts) {
        const reply = await mallory.ask('change_room', { roomId, title })
        if (!reply.ok) continue
        accepted++
        await expect(room.title).toHaveText(reply.value.room.title)
      }
      expect(accepted).toBeGreaterThan(100)
    })

    await test.step('as names', async () => {
      let accepted = 0
      for (const wanted of hostileTexts) {
        const stranger = await connectPerson(url)
        const reply = await stranger.ask('join_room', { roomId, name: wanted })
        if (reply.ok) {
          accepted++
          const said = `Number ${accepted}`
          await stranger.get('send_message', { roomId, clientKey: crypto.randomUUID(), text: said })
          const name = room.message(new RegExp(`${said}$`)).locator('.name')
          await expect(name).toHaveText(reply.value.you.name)
        }
        stranger.close()
      }
      expect(accepted).toBeGreaterThan(10)
    })

    expect(await outbreaks()).toEqual([])
    mallory.close()
  })
}

test("a guest's page turns no text into markup, whoever asks", async ({ launchGuest, launchServer }) => {
  const { port } = await launchServer()
  const { page } = await launchGuest({ name: 'ada', port, provokes: /TrustedHTML|Content Security Policy|^ada: $/ })

  const outcome = await page.evaluate(() => {
    try {
      Reflect.set(document.body, 'innerHTML', '<img src=x onerror=alert(1)>')
      return 'allowed'
    } catch (error) {
      return (error as Error).name
    }
  })

  expect(outcome).toBe('TypeError')
})
