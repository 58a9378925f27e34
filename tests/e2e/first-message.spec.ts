import { gzipSync } from 'node:zlib'
import type { Route } from '@playwright/test'
import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { expect, test } from './support/parlor'
import { hostAs, say } from './support/scripted-person'

const mostBytes = 150_000
const needed = /\/assets\/(?:index|web|rolldown-runtime)-[^/]+\.js$/

test("a guest's first message needs less than 150 KB of script, gzip", async ({ launchGuest, launchServer }) => {
  const { port, url } = await launchServer()
  const grace = await hostAs('Grace', url, 'Standup')
  await say(grace, 'Good morning')
  const { page } = await launchGuest({ name: 'linus', port, path: `/${grace.roomId}` })
  await startPage(page).enter({ as: 'Linus' })
  await roomPage(page).isOpen('Standup')

  const held: Route[] = []
  await page.route('**/assets/*.js', (route) => {
    if (needed.test(route.request().url())) return route.continue()
    return void held.push(route)
  })
  const fetched: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (needed.test(response.url())) fetched.push(response.body())
  })
  await page.reload()

  await expect(roomPage(page).message('Good morning')).toBeVisible()
  const sizes = (await Promise.all(fetched)).map((script) => gzipSync(script, { level: 9 }).length)
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  test.info().annotations.push({ type: 'bytes of script', description: String(bytes) })
  expect(sizes.length).toBeGreaterThan(1)
  expect(bytes).toBeLessThan(mostBytes)

  await Promise.all(held.map((route) => route.continue()))
  await expect(page.getByRole('button', { name: 'Room menu' })).toBeVisible()
  grace.close()
})
