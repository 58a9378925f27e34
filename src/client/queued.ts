import type { MessageChange, PendingChange, PendingFile, PendingMessage } from '#shared/bridge'
import type { ClientKey, RoomId, Sha256 } from '#shared/protocol/ids'

export interface QueuedFile extends PendingFile {
  sha256: Sha256
}

/** `earlierTexts` were replaced by an edit when the server may already have had them: newest first. */
export interface QueuedMessage extends PendingMessage {
  files?: readonly QueuedFile[]
  earlierTexts?: readonly string[]
}

/** `clientKey` names it on this device alone. */
export interface QueuedChange extends PendingChange {
  clientKey: ClientKey
}

export type Queued = QueuedMessage | QueuedChange

export const isChange = (queued: Queued): queued is QueuedChange => 'seq' in queued
export const isMessage = (queued: Queued): queued is QueuedMessage => !isChange(queued)

/** Picks out what is queued under one key, and what of a message could not be changed. */
export const isUnder = (clientKey: ClientKey) => (queued: Queued) => queued.clientKey === clientKey
export const isFailedChangeOf = (seq: number) => (queued: Queued) =>
  isChange(queued) && queued.seq === seq && queued.failed !== undefined

export const shownMessage = ({ earlierTexts: _, files, ...message }: QueuedMessage): PendingMessage => ({
  ...message,
  ...(files && { files: files.map(shownFile) }),
})
const shownFile = ({ sha256: _, ...file }: QueuedFile): PendingFile => file
export const shownChange = ({ clientKey: _, ...change }: QueuedChange): PendingChange => change

/** The command that makes a change. */
export function commandOf(roomId: RoomId, seq: number, change: MessageChange) {
  const at = { roomId, seq }
  switch (change.kind) {
    case 'edit':
      return { name: 'edit_message', input: { ...at, text: change.text } } as const
    case 'delete':
      return { name: 'delete_message', input: at } as const
    case 'react':
    case 'unreact':
      return { name: change.kind, input: { ...at, emoji: change.emoji } } as const
    case 'pin':
    case 'unpin':
      return { name: 'pin_message', input: { ...at, pinned: change.kind === 'pin' } } as const
  }
}
