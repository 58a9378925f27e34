import type { Page } from '@playwright/test'
import { startPage } from './pages/start-page'
import { roomPage } from './pages/room-page'
import { floods, startFloodingServer } from './support/flooding-server'
import { expect, test } from './support/parlor'

/** It took 27 s when nothing was bounded; a busy machine may need one or two. */
const longestAnswerMs = 5_000
const mostMegabytes = 700

/** The longest time the page took for an answer until `done`. */
async function longestAnswer(page: Page, done: Promise<unknown>): Promise<number> {
  const state = { isDone: false }
  const end = done.finally(() => (state.isDone = true))
  let longestMs = 0
  while (!state.isDone) {
    const askedAt = performance.now()
    await page.evaluate(() => document.title)
    longestMs = Math.max(longestMs, performance.now() - askedAt)
  }
  await end
  return longestMs
}

test('a server that announces everything twenty thousand times leaves the window answering', async ({ launchApp }) => {
  const server = await startFloodingServer()
  const { app, page } = await launchApp({ name: 'ada', provokes: /ContractBreach/ })
  await startPage(page).join({ as: 'Ada', at: `127.0.0.1:${server.port}/ABC234` })
  const room = roomPage(page)
  await expect(room.title).toHaveText('Trap')

  for (const kind of Object.keys(floods)) {
    await test.step(kind, async () => {
      const over = server.flood(kind).then(async () => {
        server.end(`After ${kind}`)
        await expect(room.title).toHaveText(`After ${kind}`, { timeout: 60_000 })
      })
      expect(await longestAnswer(page, over)).toBeLessThan(longestAnswerMs)
    })
  }

  const megabytes = await app.evaluate(({ app }) =>
    Math.max(
      ...app
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab' || type === 'Browser')
        .map(({ memory }) => memory.workingSetSize / 1_024),
    ),
  )
  expect(megabytes).toBeLessThan(mostMegabytes)
  await server.close()
})
