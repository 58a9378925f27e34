import { randomUUID } from 'node:crypto'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'
import { createSeal } from '../../../src/server/store/seal'
import { firstValue, openDatabase } from '../../../src/server/store/sqlite/database'
import { dataFiles, readKey } from '../../../src/server/store/sqlite/data-files'
import type { Store } from '../../../src/server/store/store'

const dictionary = 20_000
const roomCount = 12
const authorsPerRoom = 8
const yearMs = 31_536_000_000
const perTransaction = 50_000
const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ke', 'li', 'mo', 'nu', 'pa', 're', 'si', 'to', 'vu', 'ya']

/** The nth most frequent word: short ones are common. */
export function word(rank: number): string {
  let text = ''
  for (let left = rank + 1; left > 0; left = Math.floor(left / syllables.length))
    text += syllables[left % syllables.length] ?? ''
  return text
}

/** Frequencies as in speech: the nth word is said n times less often than the first (Zipf). */
const anyWord = () => word(Math.floor(dictionary ** Math.random()) - 1)
const sentence = () => Array.from({ length: 6 + Math.floor(Math.random() * 20) }, anyWord).join(' ')

export interface Conversation {
  rooms: readonly RoomId[]
  /** A member of every room. */
  memberId: MemberId
  startedAt: number
}

type Author = { memberId: MemberId; roomId: RoomId; name: string }

/** Rooms with people in them; half of all that will be said is said in the first. */
export async function makeRooms(store: Store, at: number): Promise<Conversation & { authors: Author[][] }> {
  const named = (name: string) => ({ shown: name, key: name })
  const memberId = randomUUID() as MemberId
  const rooms = Array.from({ length: roomCount }, (_, n) => `ROOM${String(n).padStart(2, '0')}` as RoomId)
  const authors: Author[][] = []
  for (const roomId of rooms) {
    const you = { roomId, memberId, sessionHash: 'you', name: named('ada'), at }
    await store.createRoom({ ...you, title: '', retention: 'forever' })
    const others = Array.from({ length: authorsPerRoom }, (_, n) => ({
      roomId,
      memberId: randomUUID() as MemberId,
      name: `guest ${n}`,
    }))
    for (const { memberId: id, name } of others)
      await store.joinRoom({ roomId, memberId: id, sessionHash: id, name: named(name), at })
    authors.push(others)
  }
  return { rooms, memberId, authors, startedAt: at }
}

const indexNewer = `insert into message_words (rowid, text, room_id, member_id, file_names, has)
  select id, text, room_id, member_id, file_names, has from indexed_messages where id > ?`

/** Writes rows as the store would, without waiting for a disk in between. */
export async function say(
  count: number,
  dataDir: string,
  { authors, startedAt }: Awaited<ReturnType<typeof makeRooms>>,
) {
  const files = dataFiles(dataDir)
  const key = readKey(files.key)
  if (!key) throw new Error('no key')
  const seal = createSeal(key)
  const database = await openDatabase(files.database, { readOnly: false })
  for (const setting of [
    'synchronous = off',
    'secure_delete = off',
    'cache_size = -500000',
    'wal_autocheckpoint = 50000',
  ])
    database.exec(`pragma ${setting}`)
  const insert = database.prepare(`insert into messages
    (room_id, seq, rev, client_key, member_id, author_name, text, reply_to, sent_at, prev_seq, mac)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const last = authors.map(() => 0)
  let indexedTo = 0
  const index = () => {
    database.prepare(indexNewer).run(indexedTo)
    indexedTo = Number(firstValue(database, 'select max(id) from messages'))
  }
  database.exec('begin')
  for (let n = 0; n < count; n++) {
    if (n > 0 && n % perTransaction === 0) {
      index()
      database.exec('commit; begin')
    }
    const at = Math.random() < 0.5 ? 0 : Math.floor(Math.random() * roomCount)
    const author = authors[at]![Math.floor(Math.random() * authorsPerRoom)]!
    const prevSeq = last[at]!
    const row = {
      room_id: author.roomId,
      seq: (last[at] = prevSeq + 1),
      rev: prevSeq + 1,
      client_key: randomUUID() as ClientKey,
      member_id: author.memberId,
      author_name: author.name,
      text: sentence(),
      reply_to: null,
      sent_at: startedAt + Math.floor((n / count) * yearMs),
      prev_seq: prevSeq,
    }
    const untouched = { edited_at: null, deleted_at: null, pinned: 0, reactions: null, attachments: null }
    insert.run(...Object.values(row), seal({ ...row, ...untouched }))
  }
  index()
  database.exec('commit')
  for (const [at, seq] of last.entries())
    database.prepare('update rooms set rev = ?, last_seq = ? where room_id = ?').run(seq, seq, authors[at]![0]!.roomId)
  database.close()
}
