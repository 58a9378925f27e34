import type { ServerLimits } from '../limits'
import { createSearchTurns, type SearchTurns } from './search-turns'
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
  searchTurns: SearchTurns
  files: TokenBuckets
  filesDropped: TokenBuckets
  filesOpened: TokenBuckets
  roomChanges: TokenBuckets
  roomsCreated: TokenBuckets
  /** Requests of everybody at an address who is nobody yet, or not in the room they ask about. */
  strangers: TokenBuckets
}

const hourSeconds = 3_600

export function createBudgets(limits: ServerLimits): Budgets {
  const perSecond = (rate: number, burst = rate) => createTokenBuckets({ burst, perSecond: rate })
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
    searchTurns: createSearchTurns(limits),
    files: perSecond(limits.filesPerSecond, limits.fileBurst),
    filesDropped: perSecond(limits.filesPerSecond, limits.fileBurst),
    filesOpened: perSecond(limits.filesOpenedPerSecond, limits.fileOpeningBurst),
    roomChanges: perSecond(limits.roomChangesPerSecond, limits.messageBurst),
    roomsCreated: perSecond(limits.roomsPerHour / hourSeconds, limits.roomsPerHour),
    strangers: perSecond(limits.strangerEventsPerSecond, limits.strangerEventBurst),
  }
}
