import { seedRoom } from '../support/seed-room'
import { contentHeight, isAtEnd, placeOf, readFrom } from './pages/reading-place'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { joinAs, keepTalking, say } from './support/scripted-person'

const minute = 60_000
const noonDaysAgo = (days: number) => new Date().setHours(12, 0, 0, 0) - days * 24 * 60 * minute

const manyLines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    by: index % 3 === 0 ? 'Grace' : 'Linus',
    text: `Line ${index + 1}${' of a longer thought'.repeat(index % 7)}`,
    sentAt: noonDaysAgo(1) + index * minute,
  }))

for (const [name, open] of Object.entries(screens)) {
  test.describe(`on the ${name}`, () => {
    test('the newest message stays in view, and who reads further up is left alone', async ({
      launchApp,
      launchGuest,
      launchServer,
    }) => {
      const { dataDir, roomId } = await seedRoom('Lobby', manyLines(400))
      const { port, url } = await launchServer({ dataDir })
      const { room, resize } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
      const edsger = await joinAs('Edsger', url, roomId)

      await test.step('at the end: new messages and a smaller window leave the newest in view', async () => {
        await expect(room.message(/Line 400/)).toBeVisible()
        for (const text of ['One more', 'And another']) {
          await say(edsger, text)
          await expect(room.message(text)).toBeInViewport({ ratio: 1 })
        }
        await resize(390, 560)
        await expect(room.message('And another')).toBeInViewport({ ratio: 1 })
        await expect.poll(() => isAtEnd(room.log)).toBe(true)
        await resize(1000, 700)
        await expect.poll(() => isAtEnd(room.log)).toBe(true)
        await expect(room.jump).toHaveCount(0)
      })

      await test.step('further up: new messages are counted and move nothing', async () => {
        const place = await readFrom(room.log, (await contentHeight(room.log)) - 2_000)
        await expect(room.jump).toHaveText('Jump to latest')
        await say(edsger, 'You cannot see this yet')
        await expect(room.jump).toHaveText('1 new message')
        await say(edsger, 'Nor this')
        await expect(room.jump).toHaveText('2 new messages')
        expect(Math.abs((await placeOf(room.log, place.text)).top - place.top)).toBeLessThanOrEqual(1)
      })

      await test.step('further up: older messages arrive above and move nothing', async () => {
        const height = await contentHeight(room.log)
        const place = await readFrom(room.log, 600)
        await expect.poll(() => contentHeight(room.log)).toBeGreaterThan(height + 1_000)
        const after = await placeOf(room.log, place.text)
        expect(Math.abs(after.top - place.top)).toBeLessThanOrEqual(1)
      })

      await test.step('further up: another size of the window keeps the place', async () => {
        const place = await readFrom(room.log, 3_000)
        await resize(1000, 600)
        await expect.poll(() => room.log.evaluate((scroller) => scroller.clientHeight)).toBeLessThan(600)
        expect(Math.abs((await placeOf(room.log, place.text)).top - place.top)).toBeLessThanOrEqual(1)
        await resize(700, 600)
        await expect(room.message(place.text).first()).toBeInViewport()
      })

      await test.step('one click leads to the latest', async () => {
        await room.jump.click()
        await expect(room.message('Nor this')).toBeInViewport({ ratio: 1 })
        await expect(room.jump).toHaveCount(0)
        await say(edsger, 'Welcome back')
        await expect(room.message('Welcome back')).toBeInViewport({ ratio: 1 })
      })
      edsger.close()
    })
  })
}

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, who was led to a message goes where they like, however much is said`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    const { dataDir, roomId } = await seedRoom('Lobby', manyLines(60))
    const { port, url } = await launchServer({ dataDir })
    const { page, room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
    const edsger = await joinAs('Edsger', url, roomId)
    /** Follows an answer to what was said sixteen messages before, and begins to talk as the list is on its way. */
    const lead = async () => {
      const { seq } = (await say(edsger, 'Well')).message
      const clientKey = crypto.randomUUID()
      await edsger.get('send_message', { roomId, clientKey, text: `Answer ${seq}`, replyTo: seq - 16 })
      await room.message(`Answer ${seq}`).getByTitle('Go to the message this answers').focus()
      const talk = keepTalking(edsger, { everyMs: 50 })
      await page.keyboard.press('Enter')
      await expect(room.log.locator('.reached')).toBeInViewport()
      return talk
    }
    const hear = async (talk: { count: () => number }, more: number) => {
      const until = talk.count() + more
      await expect.poll(talk.count, { intervals: [50] }).toBeGreaterThan(until)
    }

    await test.step('to the latest, and stays there', async () => {
      const talk = await lead()
      await page.keyboard.press('ControlOrMeta+End')
      await hear(talk, 20)
      await expect.poll(() => isAtEnd(room.log)).toBe(true)
      await expect(room.jump).toHaveCount(0)
      await talk.stop()
    })

    await test.step('further up, and stays there', async () => {
      const talk = await lead()
      const place = await readFrom(room.log, 600)
      await hear(talk, 20)
      expect(Math.abs((await placeOf(room.log, place.text)).top - place.top)).toBeLessThanOrEqual(1)
      await talk.stop()
    })
    edsger.close()
  })
}

test('messages of one person within five minutes stand together, and days apart', async ({
  launchGuest,
  launchServer,
}) => {
  const at = (by: string, text: string, days: number, minutes: number) => ({
    by,
    text,
    sentAt: noonDaysAgo(days) + minutes * minute,
  })
  const { dataDir, roomId } = await seedRoom('Lobby', [
    at('Grace', 'Lunch is here', 2, 0),
    at('Grace', 'and still warm', 2, 5),
    at('Grace', 'was warm', 2, 11),
    at('Linus', 'I was in a call', 2, 12),
    at('Grace', 'There is soup', 1, 0),
    at('Grace', 'No soup', 0, -600),
  ])
  const { port } = await launchServer({ dataDir })

  const { room } = await screens['phone']!(
    { launchGuest, launchApp: () => Promise.reject(new Error('not needed')) },
    { as: 'Ada', port, roomId },
  )

  await expect(room.log).toMatchAriaSnapshot(`
    - log "Messages in Lobby":
      - paragraph: This is the beginning of Lobby.
      - paragraph: /day/
      - article:
        - paragraph:
          - text: Grace
          - time: /12.00/
        - paragraph: Lunch is here
      - article:
        - paragraph: Grace
        - paragraph: and still warm
        - time: /12.05/
      - article:
        - paragraph:
          - text: Grace
          - time: /12.11/
        - paragraph: was warm
      - article:
        - paragraph:
          - text: Linus
          - time: /12.12/
        - paragraph: I was in a call
      - paragraph: Yesterday
      - article:
        - paragraph:
          - text: Grace
          - time: /12.00/
        - paragraph: There is soup
      - paragraph: Today
      - article:
        - paragraph:
          - text: Grace
          - time: /2.00/
        - paragraph: No soup
  `)
})
