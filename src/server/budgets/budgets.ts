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
  roomsCreated: TokenBuckets
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
    roomsCreated: perSecond(limits.roomsPerHour / hourSeconds, limits.roomsPerHour),
  }
}
