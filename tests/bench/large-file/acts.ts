import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { until } from '../../chaos/waiting'
import { filesOn } from '../../e2e/pages/files'
import { roomPage } from '../../e2e/pages/room-page'
import type { LaunchedApp } from '../../e2e/support/launch-app'
import { openSlowLine } from '../../e2e/support/open-slow-line'
import { read } from '../../support/files'
import { talkDuring, type Delays } from './conversation'
import type { LargeFile } from './make-large-file'
import { peakMemory } from './memory'
import type { Scene } from './scene'

const cutAt = 0.4
/** Talking has an end before the cut, which must not wait for it. */
const quietFrom = 0.35
const patienceMs = 600_000

/** One person sends the file; their app is killed on the way and started again. */
export async function sendCutAndResumed(scene: Scene, file: LargeFile, print: (line: string) => void) {
  const { line, lobby, hall } = scene
  const delays: Record<string, Delays> = {}
  const first = await scene.launch('ada')
  const ada = roomPage(first.page)
  await scene.enter(first, 'Ada', line)
  const idle = await peakMemory(first.app, scene.server.pid)

  print('Handing it over…')
  const chosenAt = Date.now()
  await choose(first, file)
  await ada.room('Hall').click()
  await ada.isOpen('Hall')
  delays['keeping'] = await talkDuring(
    first.page,
    hall,
    eventually('the upload', () => scene.received() > 0),
  )
  const keepingMs = Date.now() - chosenAt

  print('Sending…')
  await ada.room('Lobby').click()
  await ada.isOpen('Lobby')
  const arrived = (share: number) => eventually(`${share} of the file`, () => scene.received() >= share * file.size)
  delays['sending'] = await talkDuring(first.page, lobby, arrived(quietFrom))
  const untilCut = await peakMemory(first.app, scene.server.pid)
  await arrived(cutAt)
  await kill(first)
  const sentBefore = line.offsets().length
  const receivedBefore = await settled(scene.received)

  print('Killed. Starting again…')
  const resumedFrom = Date.now()
  const second = await scene.launch('ada', first.profile)
  const again = roomPage(second.page)
  await again.room('Lobby').click()
  await again.isOpen('Lobby')
  const posted = eventually('the message', () => fileIn(scene) !== undefined)
  delays['goingOn'] = await talkDuring(second.page, lobby, posted)
  return {
    cutAt: receivedBefore / file.size,
    resumedAt: (line.offsets()[sentBefore] ?? 0) / file.size,
    resentShare: line.uploaded() / file.size - 1,
    sha256Matches: (await receivedHash(scene)) === file.sha256,
    keepingMs,
    goingOnMs: Date.now() - resumedFrom,
    peakMiB: { idle, untilCut, goingOn: await peakMemory(second.app, scene.server.pid) },
    delays,
  }
}

/** Somebody else sends the same, from another computer. */
export async function sendAgain(scene: Scene, file: LargeFile) {
  const line = await openSlowLine(scene.server.port, Infinity)
  const app = await scene.launch('barbara')
  await scene.enter(app, 'Barbara', line)
  const [before, crossed] = [fileIn(scene), line.crossed()]
  await choose(app, file)
  await eventually('the second message', () => fileIn(scene) !== before)
  const share = (line.crossed() - crossed) / file.size
  line.close()
  return { share, sha256Matches: (await receivedHash(scene)) === file.sha256 }
}

async function choose({ page }: LaunchedApp, { path }: LargeFile) {
  const files = filesOn(page)
  await files.choose(() => files.attach.click(), path)
  await files.items.first().waitFor()
  await files.send.click()
}

async function kill({ app }: LaunchedApp) {
  const child = app.process()
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** The last file said to be in the lobby. */
const fileIn = ({ lobby }: Scene) =>
  lobby
    .heardSoFar('message_posted')
    .flatMap(({ message }) => message.attachments[0]?.fileId ?? [])
    .at(-1)

/** What another member of the room gets of it. */
async function receivedHash(scene: Scene): Promise<string> {
  const answer = await read(scene.server.url, scene.lobby, fileIn(scene) ?? '')
  const hash = createHash('sha256')
  for await (const bytes of answer.body ?? []) hash.update(bytes as Uint8Array)
  return hash.digest('hex')
}

async function settled(count: () => number): Promise<number> {
  let last = -1
  await until(() => last === (last = count()), patienceMs, 500)
  return last
}

async function eventually(what: string, isDone: () => boolean): Promise<void> {
  if (!(await until(isDone, patienceMs))) throw new Error(`waited in vain for ${what}`)
}
