import { setTimeout as pause } from 'node:timers/promises'
import { roomPage } from '../e2e/pages/room-page'
import { startPage } from '../e2e/pages/start-page'
import { launchApp } from '../e2e/support/launch-app'
import { launchServer } from '../e2e/support/launch-server'
import { joinAs, say } from '../e2e/support/scripted-person'
import { seedRoom } from '../support/seed-room'
import { clickUntilShown, framesDuring, heapMiB, type Frames } from './long-room/frames'
import { searchUntilShown } from './long-room/search-on-screen'

// How a room with 100,000 messages feels in the real app: npm run bench:long-room
const messages = 100_000
const repeats = 5
const wheelNotches = 300
const notchPx = 400
const stillMs = 3_000
const noticed = { messages: 200, everyMs: 50 }
const print = (line: string) => process.stdout.write(`${line}\n`)

const said = Array.from({ length: messages }, (_, index) => ({
  by: ['Grace', 'Linus', 'Edsger'][(index >> 2) % 3]!,
  text: `Message ${index + 1}: ${'what people write in an office, of all lengths, '.repeat((index * 7) % 6)}and so on.`,
  sentAt: Date.now() - (messages - index) * 60_000,
}))
const newest = `Message ${messages}:`

print(`Writing ${messages.toLocaleString('en')} messages…`)
const { dataDir, roomId } = await seedRoom('Long room', said)
const server = await launchServer({ dataDir })
const { page, close } = await launchApp({ name: 'ada' })
const [start, ada] = [startPage(page), roomPage(page)]

await start.name.fill('Ada')
const heapAtStart = await heapMiB(page)
await start.address.fill(`127.0.0.1:${server.port}/${roomId}`)
const firstOpenMs = await clickUntilShown(page, { button: 'Join', text: newest })
const heapOpened = await heapMiB(page)

const reopenMs: number[] = []
for (let turn = 0; turn < repeats; turn++) {
  await ada.room('Join a room').click()
  await start.recent('Long room').waitFor()
  reopenMs.push(await clickUntilShown(page, { button: 'Long room', text: newest }))
}

await page.keyboard.press('Control+F')
const searchMs: number[] = []
for (const word of ['office', 'lengths', 'message', 'people', 'write'])
  searchMs.push(await searchUntilShown(page, word))
await page.keyboard.press('Escape')

const still = await framesDuring(page, () => pause(stillMs))
const scrollingUp = await framesDuring(page, async () => {
  await ada.log.hover()
  for (let notch = 0; notch < wheelNotches; notch++) {
    await page.mouse.wheel(0, -notchPx)
    await pause(16)
  }
})
const rowsDrawn = await ada.log.getByRole('article').count()
const heapScrolled = await heapMiB(page)

await ada.jump.click()
await ada.message(newest).waitFor()
const grace = await joinAs('Barbara', server.url, roomId)
const receiving = await framesDuring(page, async () => {
  const sent: Promise<unknown>[] = []
  for (let index = 1; index <= noticed.messages; index++) {
    sent.push(say(grace, `News ${index} of ${noticed.messages}`))
    await pause(noticed.everyMs)
  }
  await Promise.all(sent)
  await ada.message(`News ${noticed.messages} of`).waitFor()
})
const heapAtEnd = await heapMiB(page)

const line = (what: string, { count, cpuMs, median, p95, max, late }: Frames) =>
  print(
    `${what}: ${count} frames, median ${median} ms, p95 ${p95} ms, max ${max} ms, ${late} % later than two frames; ` +
      `the page's thread worked ${cpuMs} ms`,
  )
print(`Click to newest message: ${firstOpenMs} ms joining, then ${reopenMs.join(', ')} ms`)
print(`Last key of a search until its hits are on screen: ${searchMs.join(', ')} ms`)
line('Nothing going on', still)
line(`Scrolling up ${(wheelNotches * notchPx).toLocaleString('en')} px`, scrollingUp)
line(`Receiving ${1_000 / noticed.everyMs} messages a second`, receiving)
print(`Heap: ${heapAtStart} MiB at the start, ${heapOpened} opened, ${heapScrolled} scrolled, ${heapAtEnd} at the end`)
print(
  JSON.stringify({
    messages,
    firstOpenMs,
    reopenMs,
    searchMs,
    still,
    scrollingUp,
    receiving,
    rowsDrawn,
    heapMiB: { atStart: heapAtStart, opened: heapOpened, scrolled: heapScrolled, atEnd: heapAtEnd },
  }),
)
grace.close()
await close()
await server.close()
