import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import { openStore } from '../../src/server/store/sqlite/open-store'
import type { Store } from '../../src/server/store/store'

export interface Said {
  by: string
  text: string
  sentAt: number
}

export interface SeededRoom {
  dataDir: string
  roomId: RoomId
}

const worker = join(import.meta.dirname, '../../out/main/store-worker.js')
const roomId = 'ABC234' as RoomId
const batch = 2_048

/** A room with a past, written straight to the disk of a server that is yet to start. Its first author is its host. */
export async function seedRoom(title: string, said: readonly Said[]): Promise<SeededRoom> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parlor-seeded-'))
  const store = await openStore({
    dataDir,
    worker,
    report(error) {
      throw error
    },
  })
  const authors = await seedPeople(store, title, said)
  for (let from = 0; from < said.length; from += batch) {
    const page = said.slice(from, from + batch)
    await Promise.all(
      page.map(({ by, text, sentAt }) =>
        store.append({ roomId, memberId: authors.get(by)!, clientKey: randomUUID() as ClientKey, text, sentAt }),
      ),
    )
  }
  await store.close()
  return { dataDir, roomId }
}

async function seedPeople(store: Store, title: string, said: readonly Said[]): Promise<Map<string, MemberId>> {
  const people = new Map<string, MemberId>()
  for (const name of new Set(said.map(({ by }) => by))) {
    const draft = {
      roomId,
      memberId: uuidv7() as MemberId,
      sessionHash: createHash('sha256').update(randomBytes(32)).digest('base64url'),
      name: { shown: name, key: name.toLowerCase() },
      at: said[0]?.sentAt ?? 0,
    }
    await (people.size === 0 ? store.createRoom({ ...draft, title, retention: 'forever' }) : store.joinRoom(draft))
    people.set(name, draft.memberId)
  }
  return people
}
