import { roomPage } from './pages/room-page'
import { startPage } from './pages/start-page'
import { freePort } from '../support/free-port'
import { startGuardedServer, startLaterServer, startWebServer } from './support/other-servers'
import { expect, test } from './support/parlor'
import { hostAs, say } from './support/scripted-person'

test('rooms on two servers, with what is unread in each', async ({ launchApp, launchServer }) => {
  const [{ page, port }, server] = [await launchApp({ name: 'ada' }), await launchServer()]
  const [start, ada] = [startPage(page), roomPage(page)]
  const grace = await hostAs('Grace', server.url, 'Standup')
  const linus = await hostAs('Linus', server.url, 'Kernel')

  await start.host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  await ada.room('Join a room').click()
  await start.join({ as: 'Ada', at: `127.0.0.1:${server.port}/${grace.roomId}` })
  await ada.isOpen('Standup')

  // The server last used is the one a bare code means.
  await ada.room('Join a room').click()
  await start.join({ as: 'Ada', at: linus.roomId.toLowerCase() })
  await ada.isOpen('Kernel')
  await expect(ada.rooms.getByRole('listitem')).toHaveText([
    /Lobby\s*This computer/,
    new RegExp(`Standup\\s*127.0.0.1:${server.port}`),
    new RegExp(`Kernel\\s*127.0.0.1:${server.port}`),
  ])

  await ada.room(/Lobby/).click()
  await ada.isOpen('Lobby')
  await say(grace, 'First')
  await say(grace, 'Second')
  await say(linus, 'Third')
  await expect(ada.room(/Standup/)).toHaveAccessibleName(/2 unread messages/)
  await expect(ada.room(/Kernel/)).toHaveAccessibleName(/1 unread message$/)
  await expect(page).toHaveTitle('(3) Lobby — Parlor')

  await ada.room(/Standup/).click()
  await expect(ada.message('Second')).toBeVisible()
  await expect(ada.room(/Standup/)).not.toHaveAccessibleName(/unread/)
  await expect(page).toHaveTitle('(1) Standup — Parlor')
  await say(grace, 'Read at once')
  await expect(ada.message('Read at once')).toBeVisible()
  await expect(ada.room(/Standup/)).not.toHaveAccessibleName(/unread/)
  expect(port).not.toBe(server.port)
})

test('leaving one room leaves the others as they are', async ({ launchApp, launchServer }) => {
  const [{ page }, server] = [await launchApp({ name: 'ada' }), await launchServer()]
  const [start, ada] = [startPage(page), roomPage(page)]
  const grace = await hostAs('Grace', server.url, 'Standup')
  await start.host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  await ada.room('Join a room').click()
  await start.join({ as: 'Ada', at: `http://127.0.0.1:${server.port}/${grace.roomId}` })
  await ada.isOpen('Standup')

  await ada.choose('Leave room')

  await expect(start.address).toBeVisible()
  expect(await grace.heard('member_left')).toMatchObject([{ roomId: grace.roomId, reason: 'left' }])
  await page.goBack()
  await expect(page.getByRole('heading', { name: /^Join/ })).toBeVisible()
  await page.goForward()
  await page.getByRole('button', { name: /^Lobby/ }).click()
  await ada.isOpen('Lobby')
  await expect(ada.rooms.getByRole('listitem')).toHaveCount(1)
})

test('a room its host closes is gone for everybody, who see why', async ({ launchApp, launchGuest }) => {
  const { page, port } = await launchApp({ name: 'ada' })
  const ada = roomPage(page)
  await startPage(page).host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  const phone = await launchGuest({ name: 'linus', port, path: `/${await ada.code()}` })
  const linus = roomPage(phone.page)
  await startPage(phone.page).enter({ as: 'Linus' })
  await linus.isOpen('Lobby')
  await linus.menu.click()
  await expect(linus.menuItem('Leave room')).toBeVisible()
  await expect(linus.menuItem('Close room for everyone')).toHaveCount(0)
  await phone.page.keyboard.press('Escape')
  await linus.composer.fill('Half a thought')

  await ada.choose('Close room for everyone')

  await expect(phone.page.getByRole('heading', { name: 'The host closed this room' })).toBeVisible()
  await expect(phone.page.getByText('Half a thought')).toBeVisible()
  await expect(startPage(page).address).toBeVisible()
  await expect(page.getByRole('button', { name: /^Lobby/ })).toHaveCount(0)
})

test('what is wrong is said in words at its field, and nothing typed is lost', async ({ launchApp, launchServer }) => {
  const [{ page }, server] = [await launchApp({ name: 'tom' }), await launchServer()]
  const [web, later, closedPort] = [await startWebServer(), await startLaterServer(), await freePort()]
  const guarded = await startGuardedServer()
  const start = startPage(page)
  const grace = await hostAs('Tom', server.url, 'Standup')
  const address = `127.0.0.1:${server.port}/${grace.roomId}`
  const wrong = [
    { field: start.address, as: 'Ada', at: 'not a code at all', says: /That is not a room code, a link or an address/ },
    { field: start.address, as: 'Ada', at: `127.0.0.1:${server.port}/000000`, says: /There is no room with that code/ },
    { field: start.address, as: 'Ada', at: `127.0.0.1:${closedPort}/ABC234`, says: /The server cannot be reached/ },
    { field: start.address, as: 'Ada', at: `127.0.0.1:${web.port}/ABC234`, says: /not Parlor/ },
    { field: start.address, as: 'Ada', at: `127.0.0.1:${later.port}/ABC234`, says: /another version of Parlor/ },
    { field: start.address, as: 'Ada', at: `127.0.0.1:${guarded.port}/ABC234`, says: /lets nobody in this way/ },
    { field: start.name, as: 'Tom', at: address, says: /has this name, or one that looks like it/ },
    { field: start.name, as: 'TOM', at: address, says: /has this name, or one that looks like it/ },
    { field: start.name, as: 'Torn', at: address, says: /has this name, or one that looks like it/ },
    { field: start.name, as: 'T\u03BFm', at: address, says: /That name cannot be used here/ },
  ]

  for (const { field, as, at, says } of wrong) {
    await start.join({ as, at })
    await expect(field, at).toHaveAccessibleDescription(says)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(start.name).toHaveValue(as)
    await expect(start.address).toHaveValue(at)
  }

  await start.join({ as: 'Ada', at: address })
  await roomPage(page).isOpen('Standup')
  await web.close()
  await later.close()
  await guarded.close()
})

test('where its port is taken a host gets the next free one, and the screen says which', async ({ launchApp }) => {
  const taken = await startWebServer()
  const { page } = await launchApp({ name: 'ada', env: { PARLOR_PORT: String(taken.port) } })

  await startPage(page).host({ as: 'Ada' })

  const words = page.getByText(`Port ${taken.port} is used by another program, so the room is on port`)
  const port = /on port (\d+)\.$/.exec((await words.textContent()) ?? '')?.[1]
  expect(Number(port)).toBeGreaterThan(taken.port)
  await expect(page.getByText(`http://127.0.0.1:${port}`, { exact: true })).toBeVisible()
  await taken.close()
})
