import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { newKey, openParlor } from '../../support/open-parlor'
import { storeWorker } from '../../support/store-worker'
import { memoryStorage, serverUrl, startClient, value } from './start-client'

const roomId = 'ABC234' as RoomId
const directRoom = (n: number) => `D${String(n).padStart(5, '0')}` as RoomId

interface Somebody {
  memberId: MemberId
  session: string
}

function somebody(): Somebody {
  return { memberId: uuidv7() as MemberId, session: randomBytes(32).toString('base64url') }
}

/** Ada's conversation with Grace, answered once, and then one with each of many strangers: each says something. */
async function pestered(count: number) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlor-strangers-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir, worker: storeWorker(), report: (error) => expect.fail(String(error)) })
  const [ada, grace] = [somebody(), somebody()]
  const strangers = Array.from({ length: count }, somebody)
  const draft = ({ memberId, session }: Somebody, name: string) => ({
    roomId,
    memberId,
    sessionHash: createHash('sha256').update(session).digest('base64url'),
    name: { shown: name, key: name },
    at: 1_000,
  })
  const say = (by: Somebody, room: RoomId, text: string, sentAt: number) =>
    store.append({ roomId: room, memberId: by.memberId, clientKey: newKey() as ClientKey, text, sentAt })

  await store.createRoom({ ...draft(ada, 'ada'), title: 'Square', retention: 'forever' })
  await store.joinRoom(draft(grace, 'grace'))
  await store.openDirect({ roomId: directRoom(0), memberId: ada.memberId, otherId: grace.memberId, at: 2_000 })
  await say(ada, directRoom(0), 'hello Grace', 2_000)
  for (const [n, stranger] of strangers.entries()) {
    const room = directRoom(n + 1)
    await store.joinRoom(draft(stranger, `eve ${n}`))
    await store.openDirect({ roomId: room, memberId: stranger.memberId, otherId: ada.memberId, at: 3_000 + n })
    await say(stranger, room, `buy ${n}`, 3_000 + n)
  }
  await store.close()
  return { dataDir, ada, grace, strangers }
}

test("hundreds of strangers' conversations hide no colleague's", { timeout: 60_000 }, async () => {
  const { dataDir, ada: person, grace, strangers } = await pestered(305)
  const parlor = await openParlor({ dataDir, limits: { joinBurst: 60, joinsPerSecond: 100 } })
  const storage = memoryStorage()
  storage.write(`session:${serverUrl(parlor.url)}`, person.session)
  const ada = startClient(parlor, { storage })
  await value(ada.calls.joinRoom({ name: 'ada', address: `${parlor.url}/${roomId}`, remember: true }))
  const directs = () => ada.state().rooms.filter(({ room }) => room.kind === 'direct')
  const last = () => directs().flatMap(({ messages }) => messages.map(({ text }) => text))

  // The one that was answered comes first, and then those in which something was said last.
  await ada.until('all of them', () => directs().length === 300)
  expect(last()).toContain('hello Grace')
  expect(last()).toContain('buy 304')
  expect(last()).not.toContain('buy 0')

  // Whatever is said anew is on the list, however many others there are.
  const again = async ({ session }: Somebody, room: RoomId, text: string) => {
    const one = await parlor.connect({ session })
    await one.get('send_message', { roomId: room, clientKey: newKey(), text })
  }
  await again(strangers[0]!, directRoom(1), 'me again')
  await ada.until('one that was not told of', () => last().includes('me again'))
  expect(directs()).toHaveLength(300)
  await again(grace, directRoom(0), 'lunch?')
  await ada.until('the colleague', () => last().includes('lunch?'))
  const setAside = strangers.findIndex((_, n) => !last().includes(`buy ${n}`) && n > 5)
  await again(strangers[setAside]!, directRoom(setAside + 1), 'back from aside')
  await ada.until('one that was set aside', () => last().includes('back from aside'))
  expect(directs()).toHaveLength(300)
})
