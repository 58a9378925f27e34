import type { ServerUrl } from '#shared/address'
import type { AppState, ClientReply, News, PlatformCalls, RoomKey } from '#shared/bridge'
import type { Retention } from '#shared/protocol/entities'
import type { FileId } from '#shared/protocol/ids'

/** Where the client keeps what must outlive it. Synchronous; durable once `write` returns, else it throws. */
export interface ClientStorage {
  /** Undefined when absent. */
  read: (key: string) => unknown
  /** `undefined` deletes. */
  write: (key: string, value: unknown) => void
}

/** Where the bytes of files wait until a server has them. Every call rejects when it could not be done. */
export interface FileStorage {
  /** Puts `bytes` at `offset`: at 0, where they replace what there was, or at the end. */
  write: (fileId: FileId, offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  /** What was written outlives a crash once this resolves. */
  sync: (fileId: FileId) => Promise<void>
  /** From `start` to before `end`; shorter when there is no more. */
  read: (fileId: FileId, start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>
  remove: (fileId: FileId) => Promise<void>
  /** What earlier runs left, without what another run may still be writing. */
  leftBehind: () => Promise<readonly FileId[]>
}

/** A SHA-256 in the making. */
export interface GrowingHash {
  update: (bytes: Uint8Array) => unknown
  digest: () => Uint8Array
}

export interface ClientOptions {
  storage: ClientStorage
  /** In memory when left out. */
  files?: FileStorage
  /** The device's own SHA-256, where it has one for bytes that come piece by piece: it is many times as fast. */
  createSha256?: () => GrowingHash
  /** Where to connect for a server. Undefined: not reachable now, such as this computer's own server while stopped. */
  dial: (server: ServerUrl) => string | undefined
  /** Such as `parlor-desktop/0.1.0`. */
  clientName: string
  /** What the device says of its network; always online when left out. */
  isOnline?: () => boolean
  now?: () => number
  /** Milliseconds by a clock that nobody sets. */
  monotonic?: () => number
  random?: () => number
  /** Hears of bugs and of servers that break the contract. */
  report: (error: unknown) => void
}

type RoomCallName =
  | 'joinRoom'
  | 'leaveRoom'
  | 'changeRoom'
  | 'sendMessage'
  | 'keepFile'
  | 'openFile'
  | 'changePending'
  | 'changeMessage'
  | 'fetchMessages'
  | 'searchMessages'
  | 'showPresence'
  | 'openDirect'
  | 'blockMember'
  | 'reconnect'

/** The platform's calls that a room client answers: a reply always, never a rejection. */
export type RoomCalls = {
  readonly [C in RoomCallName]: (
    ...args: Parameters<PlatformCalls[C]>
  ) => Promise<ClientReply<ReturnType<PlatformCalls[C]>>>
}

export interface Client {
  readonly calls: RoomCalls
  state: () => Pick<AppState, 'name' | 'lastServer' | 'recent' | 'connections' | 'rooms'>
  createRoom: (input: {
    server: ServerUrl
    name: string
    title?: string
    retention?: Retention
  }) => Promise<ClientReply<{ key: RoomKey }>>
  /** Hears what happened, one batch per turn of the event loop. Returns its unsubscribe. */
  onNews: (listener: (news: readonly News[]) => void) => () => void
  /** The network came, went or moved, or the own server restarted: every server is tried at once. */
  networkChanged: () => void
  /** Another tab wrote to the storage that this one shares. */
  storageChanged: () => void
  close: () => Promise<void>
}
