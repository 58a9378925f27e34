import type { Socket } from 'node:net'
import type { AddressKey } from '../budgets/address-key'
import { createTokenBuckets, type TokenBuckets } from '../budgets/token-bucket'
import type { ServerLimits } from '../limits'
import type { Log } from '../server-options'
import { watchFrames } from './watch-frames'

// A page and what is announced beside it may be unread for a moment; a queue of pongs only grows.
const queuesLong = 4

/** What may come over each connection before any of it is parsed. */
export interface FrameLimits {
  watch: (socket: Socket) => void
  /** Somebody who has joined a room: what they send is counted by itself. */
  makeKnown: (socket: Socket) => void
}

export function createFrameLimits(options: { limits: ServerLimits; addressKey: AddressKey; log: Log }): FrameLimits {
  const { limits, addressKey, log } = options
  const rate = { burst: limits.frameBurst, perSecond: limits.framesPerSecond }
  const known = new WeakSet<Socket>()
  // A stranger's connection can be made anew: theirs count together.
  const ofStrangers = createTokenBuckets(rate)

  return {
    watch(socket) {
      const own = createTokenBuckets(rate)
      const address = addressKey(socket.remoteAddress)
      watchFrames(socket, {
        isOver: (frames) => (known.has(socket) ? isOver(own, '', frames) : isOver(ofStrangers, address, frames)),
        mostUnread: limits.sendQueueBytes * queuesLong,
        close(reason) {
          log('connection_dropped', { reason })
          socket.destroy()
        },
      })
    },
    makeKnown: (socket) => void known.add(socket),
  }
}

const isOver = (budget: TokenBuckets, key: string, frames: number): boolean =>
  budget.take(key, frames) > 0 || budget.left(key) < 0
