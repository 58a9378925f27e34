import type { Generated, Kysely } from 'kysely'
import type { Role, RoomKind } from '#shared/protocol/entities'
import type { FileType } from '#shared/protocol/files'
import type { ClientKey, FileId, MemberId, RoomId, Sha256 } from '#shared/protocol/ids'

/** Times are epoch milliseconds unless they say otherwise, ids text: the same types in every database Parlor keeps its truth in. */
export interface Schema {
  people: {
    member_id: MemberId
    session_hash: string
    name: string
    name_key: string
    created_at: number
    last_seen_at: number
    /** 1 keeps how far they have read from the others. */
    hides_reads: Generated<number>
    /** 1 takes conversations of two only from those they have written to. */
    known_directs_only: Generated<number>
  }
  rooms: {
    room_id: RoomId
    title: string
    created_at: number
    rev: number
    last_seq: number
    /** `while_occupied`, `forever` or a number of days. */
    retention: string
    /** When the last person left: by how much time had passed on this server, and by how long it had run. */
    emptied_at: number | null
    emptied_ran: number | null
    kind: RoomKind
    /** The two member ids of a direct room, sorted, with a space between. */
    direct_pair: string | null
    /** 1 when it is gone for everybody, and what was said in it is being deleted. */
    closed: number
  }
  members: {
    room_id: RoomId
    member_id: MemberId
    name: string
    name_key: string
    role: Role
    joined_at: number
    left_at: number | null
    /** What `uptime` said when they were last here; null while they are. */
    away_since: number | null
  }
  /** One row: the minutes this server has run, over all its starts. */
  uptime: { minutes: number }
  /** `id` is the order in which the server took them. */
  messages: Omit<MessageRow, 'pinned'> & { id: Generated<number>; pinned: Generated<number> }
  reads: { room_id: RoomId; member_id: MemberId; seq: number }
  blocks: { member_id: MemberId; blocked_id: MemberId }
  files: Omit<FileRow, 'kept_from'> & { kept_from: Generated<number> }
  /** What is counted of a member's files, and under no name of all of them. */
  file_totals: { owner: MemberId | ''; bytes: number }
  /** One row. */
  server_time: { ran_ms: number; passed_ms: number; wall_ms: number; doubted_ms: number; doubted_for_ms: number }
  /** Messages that were sent earlier than the one before them, by a clock that was set back. */
  clock_steps: { room_id: RoomId; seq: number }
}

export interface MessageRow {
  room_id: RoomId
  seq: number
  rev: number
  client_key: ClientKey
  member_id: MemberId
  author_name: string
  text: string
  reply_to: number | null
  sent_at: number
  /** The seq of the message before this one in its room, 0 for the first. */
  prev_seq: number
  edited_at: number | null
  deleted_at: number | null
  /** 0 or 1. */
  pinned: number
  /** JSON of the reactions as they are told; null when there never were any. */
  reactions: string | null
  /** JSON of the attachments as they are told, but for when they expire; null when there are none. */
  attachments: string | null
  mac: Uint8Array
}

export interface FileRow {
  file_id: FileId
  room_id: RoomId
  member_id: MemberId
  name: string
  size: number
  /**
   * What it counts towards the limits: no file is smaller than a block of the disk. Of an upload that stands still it
   * is what has come.
   */
  counted: number
  sha256: Sha256
  /** JSON of `FileLooks`: as the sender has them, and once the bytes are here as the server does. */
  looks: string | null
  /** Null until the bytes are here. */
  type: FileType | null
  added_at: number
  completed_at: number | null
  /** The message it came with, and when that was sent. */
  seq: number | null
  posted_at: number | null
  /** How much time had passed on this server when it was last added, or sent. */
  kept_from: number
}

/** The database or a transaction on it. */
export type Executor = Kysely<Schema>
