import * as v from 'valibot'
import { announcements, type Announcement, type AnnouncementName } from '#shared/protocol/contract'
import type { RoomId } from '#shared/protocol/ids'
import { isBounded } from './bounds'

export type Announced = { [A in AnnouncementName]: { name: A; payload: Announcement<A> } }[AnnouncementName]

/** What a server announced; undefined when it breaks the contract. Names of a later protocol are `unknown`. */
export function readAnnouncement(name: string, raw: unknown): Announced | 'unknown' | undefined {
  if (!Object.hasOwn(announcements, name)) return 'unknown'
  const known = name as AnnouncementName
  const payload = v.safeParse(announcements[known], raw)
  if (!payload.success || !isBounded(payload.output)) return undefined
  return { name: known, payload: payload.output } as Announced
}

export function roomOf({ payload }: Announced): RoomId {
  if ('message' in payload) return payload.message.roomId
  return 'room' in payload ? payload.room.roomId : payload.roomId
}
