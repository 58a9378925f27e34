import type { ServerUrl } from './address'
import type { Member, Message, ReadMark, Retention, Room } from './protocol/entities'
import type { ErrorCode, Reply } from './protocol/errors'
import type { FileLooks, FileType } from './protocol/files'
import type { ClientKey, FileId, MemberId } from './protocol/ids'
import type { CloseReason, DirectsFrom, LeaveReason } from './protocol/contract'

/** One room on one server, unique everywhere: `http://192.168.1.5:4545/ABC234`. */
export type RoomKey = string & { readonly __brand: 'RoomKey' }

/** `offline` and `timed_out` belong to the client alone; the last three to the desktop and the address field. */
export type ClientErrorCode =
  | ErrorCode
  | 'offline'
  | 'timed_out'
  | 'address_invalid'
  | 'not_a_parlor_server'
  | 'hosting_failed'
  | 'not_kept'
export type ClientError = { code: ClientErrorCode; field?: string; retryAfterMs?: number }
export type ClientReply<Value> = Reply<Value, ClientError>

/**
 * `offline`: the device has no network. `connecting`: trying to reach the server. `resuming`: reached, catching up.
 * `refused`: the server speaks another version or turned us away; trying again alone will not help.
 */
export type ConnectionState = 'offline' | 'connecting' | 'resuming' | 'online' | 'refused'

/** `retryAt` is when the next attempt starts, `since` when the state began; epoch milliseconds. */
export interface Connection {
  server: ServerUrl
  state: ConnectionState
  since: number
  retryAt?: number
  refusal?: ErrorCode
}

/** A file whose bytes are kept on this device, as the person chose it. `thumbnailOf`: a smaller picture of that one. */
export interface OwnFile {
  fileId: FileId
  name: string
  /** What this device takes it for; the server looks for itself. */
  type: FileType
  size: number
  looks: FileLooks
  thumbnailOf?: FileId
}

/** A file on its way. `sent` counts the bytes that the server has. */
export interface PendingFile extends OwnFile {
  sent: number
  state: 'waiting' | 'sending' | 'paused' | 'stored'
}

/**
 * A message of ours that the server has not acknowledged. With `files` it is sent once all of them are stored; what was
 * written after it does not wait. `failed` waits for the person: try again or delete.
 */
export interface PendingMessage {
  clientKey: ClientKey
  text: string
  replyTo?: number
  files?: readonly PendingFile[]
  writtenAt: number
  failed?: ClientErrorCode
}

/** What may be done to a message that is on the server. */
export type MessageChange =
  | { kind: 'edit'; text: string }
  | { kind: 'delete' }
  | { kind: 'react' | 'unreact'; emoji: string }
  | { kind: 'pin' | 'unpin' }

/** A change of ours that the server has not acknowledged; shown as if it had happened. */
export interface PendingChange {
  seq: number
  change: MessageChange
  failed?: ClientErrorCode
}

/** A joined room as a newly opened window needs it. `messages` is the newest page known, in order of seq. */
export interface JoinedRoom {
  key: RoomKey
  server: ServerUrl
  room: Room
  you: Member
  members: readonly Member[]
  messages: readonly Message[]
  /** Whether older messages than the first of `messages` exist. */
  hasOlder: boolean
  pending: readonly PendingMessage[]
  pendingChanges: readonly PendingChange[]
  /** How far the others have read, as far as they let it be known. */
  reads: readonly ReadMark[]
  /** Whom this person has blocked on this server. */
  blocked: readonly MemberId[]
  /** From whom this person takes direct conversations on this server. */
  directsFrom: DirectsFrom
  /** The last seq this person has seen here. */
  readSeq: number
  /** The largest file the server takes, in bytes. */
  fileBytes: number
  /** False until the server has answered for this room since the app started. */
  ready: boolean
}

/** The room server this computer runs. `port` differs from `wantedPort` when that one was taken. */
export type Hosting =
  | { state: 'stopped' }
  | { state: 'starting' }
  | { state: 'running'; server: ServerUrl; port: number; wantedPort: number; addresses: readonly string[] }
  | { state: 'restarting' }
  | { state: 'failed'; reason: HostingFailure; copies?: readonly HostedCopy[] }

export type HostingFailure =
  | 'port_unavailable'
  | 'data_damaged'
  | 'data_newer'
  | 'data_in_use'
  | 'data_full'
  | 'data_forbidden'
  | 'data_foreign'
  | 'crashing'
  | 'internal'

/** A backup that hosting can go on from, read to the end and found whole. `madeAt` is in epoch milliseconds. */
export interface HostedCopy {
  name: string
  madeAt: number
}

/** `unprotected`: this desktop has no keyring, so a sign-in can only be kept unencrypted. */
export type SignInStorage = 'protected' | 'unprotected' | 'browser'

/** All a newly opened window needs to draw itself. */
export interface AppState {
  name: string
  lastServer?: ServerUrl
  recent: readonly RecentRoom[]
  connections: readonly Connection[]
  rooms: readonly JoinedRoom[]
  hosting: Hosting
  signIn: { storage: SignInStorage; remembered: boolean }
  /** What was found amiss on this computer at this start; a browser finds nothing. */
  mishaps?: readonly Mishap[]
}

/**
 * Something that is kept on this computer was not as it was left. What was damaged is kept as `copy`. `id` stays the
 * same for as long as it is the same mishap.
 */
export interface Mishap {
  id: string
  kind: 'rooms_damaged' | 'settings_damaged' | 'sign_ins_unreadable' | 'not_writable'
  copy?: string
}

/** A room this person was in and can go back to. */
export interface RecentRoom {
  key: RoomKey
  server: ServerUrl
  title: string
  visitedAt: number
}

/** Why a room is no longer open here. */
export type RoomGoneReason = LeaveReason | CloseReason | 'not_found' | 'not_a_member'

/** What the platform tells the renderer, in the order it happened. */
export type News =
  | { kind: 'connection'; connection: Connection }
  | { kind: 'hosting'; hosting: Hosting }
  | { kind: 'room_opened'; room: JoinedRoom }
  | { kind: 'room_changed'; key: RoomKey; room: Room }
  | { kind: 'room_gone'; key: RoomKey; reason: RoomGoneReason }
  /** `reset` replaces what was known; otherwise merge by seq, the higher rev wins. */
  | { kind: 'messages'; key: RoomKey; messages: readonly Message[]; reset?: { hasOlder: boolean } }
  | { kind: 'pending'; key: RoomKey; pending: readonly PendingMessage[] }
  | { kind: 'pending_changes'; key: RoomKey; pendingChanges: readonly PendingChange[] }
  | { kind: 'typing'; key: RoomKey; memberId: MemberId; typing: boolean }
  | { kind: 'read_by'; key: RoomKey; memberId: MemberId; seq: number }
  | { kind: 'blocked'; server: ServerUrl; blocked: readonly MemberId[] }
  | { kind: 'directs_from'; server: ServerUrl; from: DirectsFrom }
  | { kind: 'member_joined'; key: RoomKey; member: Member }
  | { kind: 'member_left'; key: RoomKey; memberId: MemberId; reason: LeaveReason }
  /** The whole list, after a resume or once all of a crowd are known. */
  | { kind: 'members'; key: RoomKey; members: readonly Member[] }
  | { kind: 'read'; key: RoomKey; seq: number }
  | { kind: 'recent'; recent: readonly RecentRoom[] }

export type PageWhere = { before: number } | { after: number } | { around: number } | { pinned: true; after?: number }
export interface MessagePage {
  messages: readonly Message[]
  hasOlder: boolean
  hasNewer: boolean
}

/** What the renderer may ask: each call is one IPC channel on the desktop and one function in a browser. */
export interface PlatformCalls {
  getState: (input: Record<string, never>) => AppState
  /** Starts this computer's room server if needed, creates a room on it and joins it. Desktop only. */
  hostRoom: (input: { name: string; title?: string; retention?: Retention; remember: boolean }) => { key: RoomKey }
  /** `address` as typed; a bare code means the server last used. */
  joinRoom: (input: { name: string; address: string; remember: boolean }) => { key: RoomKey }
  /** `close` ends the room for everybody, as its host; `forget` takes it off the list of recent rooms. */
  leaveRoom: (input: { key: RoomKey; how: 'leave' | 'close' | 'forget' }) => Record<string, never>
  changeRoom: (input: { key: RoomKey; title?: string; retention?: Retention }) => Record<string, never>
  /**
   * Answers once the message is kept on this device; delivery follows as news. The bytes of its `files` were all kept
   * before (`keepFile`); `text` may then be empty.
   */
  sendMessage: (input: {
    key: RoomKey
    clientKey: ClientKey
    text: string
    replyTo?: number
    files?: readonly OwnFile[]
  }) => Record<string, never>
  /** Keeps the next bytes of a file on this device, at most 1 MiB at a time, from `offset` 0 on in order. */
  keepFile: (input: {
    key: RoomKey
    fileId: FileId
    offset: number
    bytes: Uint8Array<ArrayBuffer>
  }) => Record<string, never>
  /**
   * A message that is still in the outbox: try it again, edit it there, or delete it. With `fileId`: one of its files;
   * without its last file a message without text is gone too. With `seq`: what of ours could not be changed about that
   * message.
   */
  changePending: (
    input: { key: RoomKey } & (
      | { clientKey: ClientKey; change: { kind: 'retry' } | { kind: 'discard' } | { kind: 'edit'; text: string } }
      | { fileId: FileId; change: { kind: 'pause' } | { kind: 'resume' } | { kind: 'discard' } }
      | { seq: number; change: { kind: 'retry' } | { kind: 'discard' } }
    ),
  ) => Record<string, never>
  /** Where the interface can show a file, for `lastsMs` from when that was asked for, and its bytes where the server tells. */
  openFile: (input: { key: RoomKey; fileId: FileId }) => { url: string; lastsMs: number; size?: number }
  /** Saves it where the person says; `isSaved` is false when they changed their mind. */
  saveFile: (input: { key: RoomKey; fileId: FileId; name: string }) => { isSaved: boolean }
  /** Answers once the change is kept on this device; like messages it arrives when the server can be reached. */
  changeMessage: (input: { key: RoomKey; seq: number; change: MessageChange }) => Record<string, never>
  /** A page of the room: before or after a seq, around one, or of what is pinned, oldest first, from `after` on. */
  fetchMessages: (input: { key: RoomKey; where: PageWhere }) => MessagePage
  /** Newest first; in one room, or in every room of every connected server. `lastHit` asks for what comes after it. */
  searchMessages: (input: {
    query: string
    key?: RoomKey
    lastHit?: { key: RoomKey; seq: number; sentAt: number }
  }) => {
    hits: readonly { key: RoomKey; message: Message }[]
    hasMore: boolean
    /** Only the newest part was searched: to look at all of it was too much. */
    truncated?: true
  }
  /** What the others may know of us: that we are typing, or up to where we have read; `hidden` keeps that from them. */
  showPresence: (
    input: { key: RoomKey } & ({ typing: boolean } | { readSeq: number; hidden?: boolean }),
  ) => Record<string, never>
  /** The conversation with one member of this room, opened as a room of its own. */
  openDirect: (input: { key: RoomKey; memberId: MemberId }) => { key: RoomKey }
  /** Whom this person hears on the room's server: not one member, or in direct conversations only those they know. */
  blockMember: (
    input: { key: RoomKey } & ({ memberId: MemberId; blocked: boolean } | { directsFrom: DirectsFrom }),
  ) => Record<string, never>
  /** Tries a lost connection again now. With `copy` this computer's server begins with that one of its `copies`. */
  reconnect: (input: { server: ServerUrl; copy?: string }) => Record<string, never>
  stopHosting: (input: Record<string, never>) => Record<string, never>
  copyText: (input: { text: string }) => Record<string, never>
  /** Opens a checked http, https or mailto link outside the app, after asking. */
  openLink: (input: { url: string }) => Record<string, never>
}
export type CallName = keyof PlatformCalls

/** The one interface the renderer knows: every call answers a reply, never throws. */
export type Platform = {
  readonly kind: 'desktop' | 'web'
  readonly onNews: (listener: (news: readonly News[]) => void) => () => void
} & {
  readonly [C in CallName]: (
    ...args: Parameters<PlatformCalls[C]>
  ) => Promise<ClientReply<ReturnType<PlatformCalls[C]>>>
}
