import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { ClientKey, RoomId } from '#shared/protocol/ids'
import { openStore } from '../src/server/store/sqlite/open-store'
import { hueClass } from '../src/renderer/avatar'
import { roomPage } from '../tests/e2e/pages/room-page'
import { startPage } from '../tests/e2e/pages/start-page'
import { launchApp, type LaunchedApp } from '../tests/e2e/support/launch-app'
import { launchGuest, type Guest } from '../tests/e2e/support/launch-guest'
import { joinAs } from '../tests/e2e/support/scripted-person'
import { draftOf, post, upload } from '../tests/support/files'
import { connectPerson, type Person } from '../tests/support/person'

// Makes the pictures of the README from the real app and a real browser: npm run screenshots
const root = join(import.meta.dirname, '..')
const pictures = join(root, 'docs/images')
const desktop = { width: 1280, height: 800 }

interface Line {
  by: 'Ada' | 'Grace' | 'Linus'
  /** Minutes before now. */
  ago: number
  text: string
  /** The line it answers, counted from 1. */
  replyTo?: number
  reactions?: Readonly<Record<string, readonly Line['by'][]>>
}

/** Who said what. */
const conversation: readonly Line[] = [
  { by: 'Grace', ago: 62, text: 'Morning. The nightly build is **green**: https://intranet.example/nightly' },
  { by: 'Linus', ago: 55, text: 'Can somebody try the installer on the old laptop? It was slow last time.' },
  {
    by: 'Ada',
    ago: 24,
    text: 'Installed in eleven seconds, and it hosts straight away.',
    replyTo: 2,
    reactions: { '🎉': ['Grace', 'Linus'], '👍': ['Linus'] },
  },
  {
    by: 'Grace',
    ago: 22,
    text: 'For the notes, @Ada:\n```sh\nnpm run serve -- --port 4545   # the same, headless\n```',
  },
  { by: 'Linus', ago: 19, text: "I'll write the change log. Arriving at ten past." },
]

const lastLine = 'And the icon, as it ships. There is cake in the kitchen.'

const mostAttempts = 20

interface Office {
  app: LaunchedApp
  phone: Guest
  grace: Person
  code: RoomId
}

/** Three people, each of another colour: who has which follows from ids that are made anew every time. */
async function openOffice(): Promise<Office> {
  const app = await launchApp({ name: 'ada' })
  const ada = roomPage(app.page)
  await startPage(app.page).host({ as: 'Ada', title: 'Release' })
  await ada.isOpen('Release')
  const code = (await ada.code()) as RoomId
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const grace = await joinAs('Grace', `http://127.0.0.1:${app.port}`, code)
    const phone = await launchGuest({ name: 'linus', port: app.port, path: `/${code}` })
    await startPage(phone.page).enter({ as: 'Linus' })
    const linus = roomPage(phone.page)
    await linus.isOpen('Release')
    const [joined] = await grace.heard('member_joined')
    const ids = [...grace.entry.members.map(({ memberId }) => memberId), joined?.member.memberId ?? '']
    if (new Set(ids.map(hueClass)).size === ids.length) return { app, phone, grace, code }
    await linus.choose('Leave room')
    await grace.get('leave_room', { roomId: code })
    grace.close()
    await phone.close()
  }
  throw new Error('the colours of the avatars never differed')
}

/** Writes the conversation where the app's server keeps it, so that it has a past. */
async function writeConversation(profile: string, roomId: RoomId) {
  const store = await openStore({
    dataDir: join(profile, 'server'),
    worker: join(root, 'out/main/store-worker.js'),
    report(error) {
      throw error
    },
  })
  const members = await store.members(roomId)
  const idOf = (by: Line['by']) => members.find(({ name }) => name === by)!.memberId
  const seqs: number[] = []
  for (const { by, ago, text, replyTo = 0, reactions = {} } of conversation) {
    const sentAt = Date.now() - ago * 60_000
    const said = { roomId, memberId: idOf(by), clientKey: randomUUID() as ClientKey, text, sentAt }
    const answered = seqs[replyTo - 1]
    const { message } = await store.append({ ...said, ...(answered !== undefined && { replyTo: answered }) })
    seqs.push(message.seq)
    const { seq } = message
    for (const [emoji, people] of Object.entries(reactions)) {
      for (const one of people)
        await store.changeMessage({ roomId, memberId: idOf(one), seq, at: sentAt, change: { kind: 'react', emoji } })
    }
  }
  await store.close()
}

async function sendIcon(url: string, grace: Person) {
  const icon = draftOf(await readFile(join(root, 'build/icons/256x256.png')), { name: 'parlor.png' })
  await post(grace, [await upload(url, grace, icon)], lastLine)
}

/** What is read is not new, and who came back is not news: as on any later look at the room. */
async function settle(page: Page) {
  const room = roomPage(page)
  await room.message(lastLine).waitFor()
  await page.reload()
  await room.message(lastLine).waitFor()
  await page.getByRole('img', { name: 'parlor.png' }).waitFor()
  await page.evaluate(() => document.fonts.ready)
}

async function readAll(page: Page) {
  const room = roomPage(page)
  await room.message(lastLine).waitFor()
  await room.menu.click()
  await room.menuItem('Mark all rooms read').click()
}

/** A second room with something to read in it. */
async function openSecondRoom(app: LaunchedApp, grace: Person) {
  const ada = roomPage(app.page)
  await ada.room('Host a room').click()
  await startPage(app.page).host({ as: 'Ada', title: 'Lunch' })
  await ada.isOpen('Lunch')
  const roomId = await ada.code()
  await ada.room(/Release/).click()
  await grace.get('join_room', { roomId, name: 'Grace' })
  for (const text of ['Soup or noodles?', 'Noodles, then.']) {
    await grace.get('send_message', { roomId, clientKey: randomUUID(), text })
  }
  await ada.room(/2 unread/).waitFor()
}

const first = await openOffice()
await first.app.close()
first.grace.close()
await writeConversation(first.app.profile, first.code)

const app = await launchApp({ name: 'ada', profile: first.app.profile, env: { PARLOR_PORT: String(first.app.port) } })
await app.app.evaluate(({ BrowserWindow }, { width, height }) => {
  BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
}, desktop)
await roomPage(app.page).message(conversation.at(-1)!.text).waitFor()
const url = `http://127.0.0.1:${app.port}`
const grace = await connectPerson(url, { session: first.grace.session })
grace.enter(await grace.get('join_room', { roomId: first.code }))
await sendIcon(url, grace)
await roomPage(app.page).message(lastLine).waitFor()
await first.phone.page.goto(`${first.phone.origin}/${first.code}`)
await readAll(app.page)
await openSecondRoom(app, grace)

await roomPage(app.page).people.getByText('Linus').waitFor()
await settle(app.page)
for (const colorScheme of ['light', 'dark'] as const) {
  await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await app.page.screenshot({ path: join(pictures, `desktop-${colorScheme}.png`) })
}
await readAll(first.phone.page)
await settle(first.phone.page)
await first.phone.page.screenshot({ path: join(pictures, 'phone.png') })

grace.close()
await first.phone.close()
await app.close()
