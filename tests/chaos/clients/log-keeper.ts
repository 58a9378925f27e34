import type { Message } from '#shared/protocol/entities'
import { connectRaw, valueOf } from './raw-client'

/** An independent viewer: keeps a room's whole log by the protocol page alone, resuming by `since`. */
export interface LogKeeper {
  name: string
  roomId: string
  /** From seq 1, without holes. */
  log: () => readonly Message[]
  /** How far the room had come when this connection had caught up; undefined until then. */
  caughtUpTo: () => number | undefined
  close: () => void
}

/** `complain` hears of every broken promise. */
export function keepLog(
  url: string,
  room: { roomId: string; name: string },
  complain: (complaint: string) => void,
): LogKeeper {
  const { roomId, name } = room
  const client = connectRaw(url)
  const log: Message[] = []
  let waiting: Message[] = []
  let caughtUpTo: number | undefined
  let resume: symbol | undefined

  const head = () => log.at(-1)?.seq ?? 0

  function receive(message: Message) {
    const known = log[message.seq - 1]
    if (known && (known.text !== message.text || known.clientKey !== message.clientKey))
      complain(`${name}: ${message.seq} is two messages`)
    if (message.seq === head() + 1) log.push(message)
    return message.seq <= head()
  }

  function settle() {
    waiting.sort((one, other) => one.seq - other.seq)
    waiting = waiting.filter((message) => !receive(message))
  }

  async function catchUp() {
    const mine = Symbol('resume')
    resume = mine
    for (let isDone = false; !isDone && resume === mine;) {
      const entry = valueOf(await client.ask('join_room', { roomId, name, since: head() }), `${name}'s join`)
      if (resume !== mine) return
      const messages = entry.reset ? await pagesFrom(entry.messages) : entry.messages
      for (const message of messages)
        if (!receive(message)) complain(`${name}: a hole before ${message.seq} in a resume`)
      isDone = !entry.hasMore || entry.reset
      if (isDone) caughtUpTo = entry.room.rev
    }
    settle()
    resume = undefined
    if (waiting.length > 0) await catchUp()
  }

  /** After a reset: what lies between our head and the newest page. */
  async function pagesFrom(newest: readonly Message[]): Promise<readonly Message[]> {
    const messages = [...newest]
    for (let first = messages[0]?.seq ?? 1; first > head() + 1; first = messages[0]?.seq ?? 1) {
      const page = valueOf(await client.ask('fetch_history', { roomId, before: first }), `${name}'s history`)
      if (page.messages.length === 0) break
      messages.unshift(...page.messages)
    }
    return messages.filter(({ seq }) => seq > head())
  }

  const tryToCatchUp = () =>
    void catchUp().catch((error: unknown) => {
      resume = undefined
      // A connection lost in the middle is what this is all about; a refusal is not.
      if (client.socket.connected) complain(String(error))
    })

  client.socket.on('connect', tryToCatchUp)
  client.socket.on('disconnect', () => {
    resume = undefined
    caughtUpTo = undefined
    waiting = []
  })
  client.socket.on('message_posted', ({ message }) => {
    if (message.roomId !== roomId) complain(`${name} heard of another room`)
    waiting.push(message)
    if (resume) return
    settle()
    if (waiting.length > 0) tryToCatchUp()
  })

  return { name, roomId, log: () => log, caughtUpTo: () => caughtUpTo, close: client.close }
}
