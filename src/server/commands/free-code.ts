import { Refusal } from '#shared/protocol/errors'
import type { RoomId } from '#shared/protocol/ids'

const mostAttempts = 5

/** Makes a room under a code nobody has: a code that is taken is answered with another. */
export async function withFreeCode<Made>(newCode: () => RoomId, make: (code: RoomId) => Promise<Made>): Promise<Made> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await make(newCode())
    } catch (error) {
      const isTaken = error instanceof Refusal && error.code === 'conflict'
      if (!isTaken || attempt >= mostAttempts) throw error
    }
  }
}
