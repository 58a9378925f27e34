import { hostileTexts } from './support/hostile-texts'
import { buildBroken } from './support/broken-build'
import { aroundTheLog, inTheLog } from './support/hostile-surfaces'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { startPage } from './pages/start-page'
import { hostAs, say } from './support/scripted-person'
import { watchOutbreaks } from './support/watch-outbreaks'

const ownName = '<img src=x onerror=a(1)>'
const looks = { desktop: 'dark', phone: 'light' } as const

test('there are 250 different hostile texts', () => {
  expect(new Set(hostileTexts).size).toBe(250)
})

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, what strangers write stays text, wherever it is shown`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    const { port, url } = await launchServer()
    const mallory = await hostAs('Mallory', url, 'Lobby')
    const { page, room } = await open({ launchApp, launchGuest }, { as: ownName, port, roomId: mallory.roomId })
    await room.isOpen('Lobby')
    await page.emulateMedia({ colorScheme: looks[name as keyof typeof looks] })
    const outbreaks = await watchOutbreaks(page)
    const width = page.viewportSize()?.width ?? 1_280

    for (const [height, surfaces] of [
      [6_000, inTheLog],
      [800, aroundTheLog],
    ] as const) {
      await page.setViewportSize({ width, height })
      for (const [where, surface] of Object.entries(surfaces)) {
        await test.step(where, async () => {
          await surface({ page, room, mallory, url, name: ownName })
          expect(await outbreaks()).toEqual([])
        })
      }
    }
    mallory.close()
  })
}

test('a build that makes markup of what people write is found out', async ({ launchGuest, launchServer }) => {
  const { port, url } = await launchServer({ args: ['--web', await buildBroken()] })
  const mallory = await hostAs('Mallory', url, 'Lobby')
  const wanted = { name: 'ada', port, path: `/${mallory.roomId}`, provokes: /./ }
  const said = '<img src="https://elsewhere.example/x.png" onerror="alert(1)">'
  const { page } = await launchGuest(wanted)
  await startPage(page).enter({ as: 'Ada' })
  const outbreaks = await watchOutbreaks(page)
  await say(mallory, said)
  await expect
    .poll(outbreaks)
    .toEqual(expect.arrayContaining(['attribute onerror on img', 'policy script-src-attr', 'policy img-src']))

  // And on the day the policy fails as well.
  const { page: unguarded } = await launchGuest(wanted)
  const browser = await unguarded.context().newCDPSession(unguarded)
  await browser.send('Page.setBypassCSP', { enabled: true })
  await unguarded.reload()
  const more = await watchOutbreaks(unguarded)
  await startPage(unguarded).enter({ as: 'Grace' })
  await expect.poll(more).toEqual(expect.arrayContaining(['dialog 1', 'request https://elsewhere.example/x.png']))
  mallory.close()
})

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
