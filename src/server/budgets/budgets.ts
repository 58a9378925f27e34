import type { ServerLimits } from '../limits'
import { createTokenBuckets, type TokenBuckets } from './token-bucket'

/** What members may do how often. Keys are members, rooms, addresses, or a member and a room. */
export interface Budgets {
  messages: TokenBuckets
  roomMessages: TokenBuckets
  reactions: TokenBuckets
  typing: TokenBuckets
  reads: TokenBuckets
  joins: TokenBuckets
  leaves: TokenBuckets
  history: TokenBuckets
  searches: TokenBuckets
  files: TokenBuckets
  filesDropped: TokenBuckets
  filesOpened: TokenBuckets
  roomChanges: TokenBuckets
  roomsCreated: TokenBuckets
  /** Requests of everybody at an address who is nobody yet, or not in the room they ask about. */
  strangers: TokenBuckets
  memberships: TokenBuckets
  directs: TokenBuckets
  directsOfAddress: TokenBuckets
  directsToOne: TokenBuckets
}

const hourSeconds = 3_600

export function createBudgets(limits: ServerLimits): Budgets {
  const perSecond = (rate: number, burst = rate) => createTokenBuckets({ burst, perSecond: rate })
  const perHour = (most: number) => perSecond(most / hourSeconds, most)
  return {
    messages: perSecond(limits.messagesPerSecond, limits.messageBurst),
    roomMessages: perSecond(limits.roomMessagesPerSecond),
    reactions: perSecond(limits.reactionsPerSecond, limits.messageBurst),
    typing: perSecond(limits.typingPerSecond),
    reads: perSecond(limits.readsPerSecond),
    joins: perSecond(limits.joinsPerSecond, limits.joinBurst),
    leaves: perSecond(limits.leavesPerSecond),
    history: perSecond(limits.historyPerSecond),
    searches: perSecond(limits.searchesPerSecond),
    files: perSecond(limits.filesPerSecond, limits.fileBurst),
    filesDropped: perSecond(limits.filesPerSecond, limits.fileBurst),
    filesOpened: perSecond(limits.filesOpenedPerSecond, limits.fileOpeningBurst),
    roomChanges: perSecond(limits.roomChangesPerSecond, limits.messageBurst),
    strangers: perSecond(limits.strangerEventsPerSecond, limits.strangerEventBurst),
    roomsCreated: perHour(limits.roomsPerHour),
    memberships: perHour(limits.membershipsPerHour),
    directs: perHour(limits.directsPerHour),
    directsOfAddress: perHour(limits.directsPerHourAndAddress),
    directsToOne: perHour(limits.directsToOnePerHour),
  }
}
