import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectRaw, valueOf } from '../clients/raw-client'

/** An ordinary user who must notice nothing. */
export interface Canary {
  roomId: string
  sent: () => number
  failures: () => number
  /** The slowest answer. */
  worstMs: () => number
  stop: () => Promise<void>
}

const everyMs = 25
const answerMs = 5_000

/** Creates a room and writes in it all the time. A refusal, a late answer and a lost connection are failures. */
export async function startCanary(url: string, complain: (complaint: string) => void): Promise<Canary> {
  const client = connectRaw(url, { reconnects: false })
  const room = valueOf(await client.ask('create_room', { name: 'Canary', retention: 'forever' }), 'the canary').room
  const state = { sent: 0, failures: 0, worstMs: 0, isSinging: true, heard: 0 }
  const fail = (why: string) => {
    state.failures++
    complain(`canary: ${why}`)
  }
  client.socket.on('disconnect', (reason) => state.isSinging && fail(`disconnected by ${reason}`))
  client.socket.on('message_posted', () => {
    state.heard++
  })

  async function sing() {
    const startedAt = performance.now()
    state.sent++
    const reply = await client.ask(
      'send_message',
      { roomId: room.roomId, clientKey: randomUUID(), text: `tweet ${state.sent}` },
      answerMs,
    )
    if (!reply.ok) fail(reply.error.code)
    state.worstMs = Math.max(state.worstMs, Math.round(performance.now() - startedAt))
  }

  const singing = (async () => {
    while (state.isSinging && client.socket.connected) {
      await sing().catch((error: unknown) => fail(String(error)))
      await sleep(everyMs)
    }
  })()

  return {
    roomId: room.roomId,
    sent: () => state.sent,
    failures: () => state.failures,
    worstMs: () => state.worstMs,
    async stop() {
      state.isSinging = false
      await singing
      if (state.heard < state.sent - state.failures) fail(`heard ${state.heard} of its own ${state.sent} messages`)
      client.close()
    },
  }
}
