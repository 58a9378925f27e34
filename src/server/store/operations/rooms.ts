import { Refusal } from '#shared/protocol/errors'
import type { Retention, Room } from '#shared/protocol/entities'
import type { RoomId } from '#shared/protocol/ids'
import { prepared, rowsOf } from '../prepared'
import type { Executor, Schema } from '../schema'
import type { Store } from '../store'
import { blocked, directsFrom } from './blocking'
import { enterNew, memberOf, requireHost } from './members'
import { keepPerson, knownPerson } from './people'

type Asked<Name extends 'createRoom' | 'changeRoom'> = Parameters<Store[Name]>[0]

export async function createRoom(db: Executor, draft: Asked<'createRoom'>): ReturnType<Store['createRoom']> {
  const { roomId, title, retention, name, at } = draft
  await requireFreeCode(db, roomId)
  requireStorable(title, 'title')

  const memberId = (await knownPerson(db, draft))?.memberId ?? draft.memberId
  await keepPerson(db, { ...draft, memberId })
  const room = {
    room_id: roomId,
    title,
    created_at: at,
    rev: 0,
    last_seq: 0,
    retention: storedRetention(retention),
    emptied_at: null,
    emptied_ran: null,
    kind: 'group' as const,
    direct_pair: null,
    closed: 0,
  }
  await db.insertInto('rooms').values(room).execute()
  const member = await enterNew(db, { roomId, memberId, name, role: 'host', at })
  const [others, from] = [await blocked(db, memberId), await directsFrom(db, memberId)]
  return { room: roomOf(room), you: memberOf(member), blocked: others, directsFrom: from }
}

export async function changeRoom(db: Executor, by: Asked<'changeRoom'>): Promise<Room> {
  await requireHost(db, by)
  if (by.title !== undefined) requireStorable(by.title, 'title')

  const changed = {
    ...(by.title === undefined ? {} : { title: by.title }),
    ...(by.retention === undefined ? {} : { retention: storedRetention(by.retention) }),
  }
  if (Object.keys(changed).length > 0) {
    await db.updateTable('rooms').set(changed).where('room_id', '=', by.roomId).execute()
  }
  return roomOf(await requireRoom(db, by.roomId))
}

const byId = prepared((db) =>
  db
    .selectFrom('rooms')
    .selectAll()
    .where('room_id', '=', '' as RoomId),
)

export async function findRoom(db: Executor, roomId: RoomId): Promise<Schema['rooms'] | undefined> {
  const [row] = await rowsOf(db, byId, [roomId])
  return row?.closed === 0 ? row : undefined
}

export async function requireFreeCode(db: Executor, roomId: RoomId): Promise<void> {
  const [taken] = await rowsOf(db, byId, [roomId])
  if (taken) throw new Refusal('conflict', { field: 'roomId' })
}

export async function requireRoom(db: Executor, roomId: RoomId): Promise<Schema['rooms']> {
  const room = await findRoom(db, roomId)
  if (!room) throw new Refusal('room_not_found')
  return room
}

/** Databases end a text at U+0000, each in its own way: nothing that contains one can be kept whole. */
export function requireStorable(text: string, field: string): void {
  if (text.includes('\0')) throw new Refusal('invalid_request', { field })
}

export const roomOf = (row: Schema['rooms']): Room => ({
  roomId: row.room_id,
  kind: row.kind,
  title: row.title,
  createdAt: row.created_at,
  rev: row.rev,
  retention: retentionOf(row.retention),
})

const storedRetention = (retention: Retention): string =>
  typeof retention === 'string' ? retention : String(retention.days)

export const retentionOf = (stored: string): Retention =>
  stored === 'while_occupied' || stored === 'forever' ? stored : { days: Number(stored) }
