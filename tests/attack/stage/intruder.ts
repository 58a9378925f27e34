import type { MemberId, SessionToken } from '#shared/protocol/ids'
import { within } from '../../chaos/waiting'
import type { RawSocket } from '../../support/raw-socket'
import type { Intruder } from './stage'

type Reply = Awaited<ReturnType<Intruder['ask']>>

const patienceMs = 15_000
const unansweredMs = 1_000

/** One command as a Socket.IO packet that wants an answer. */
export const packetOf = (id: number, name: string, input: object) => `42${id}${JSON.stringify([name, input])}`

/** Asks over a raw connection; `id` must be new to it. */
export async function askRaw(socket: RawSocket, id: number, name: string, input: object): Promise<Reply> {
  const start = `43${id}[`
  socket.send(packetOf(id, name, input))
  const answer = await within(socket.next(start), patienceMs, name)
  return (JSON.parse(answer.slice(start.length - 1)) as [Reply])[0]
}

/** An answer that may not come: refusals over a rate are not all answered. */
export const ifAnswered = (asked: Promise<Reply>): Promise<Reply | undefined> =>
  within(asked, unansweredMs, 'an answer').catch(() => undefined)

/** Takes a connection into a room, or makes one: `input` says which. */
export async function enter(
  socket: RawSocket,
  from: string,
  [command, input]: ['create_room' | 'join_room', object],
): Promise<Intruder> {
  let lastId = 0
  const entered = await askRaw(socket, lastId++, command, input)
  if (!entered.ok) throw new Error(`an attacker could not ${command}: ${entered.error?.code ?? ''}`)
  const { room, you, session } = entered.value as {
    room: { roomId: string }
    you: { memberId: MemberId }
    session: SessionToken
  }
  return {
    from,
    socket,
    session,
    roomId: room.roomId,
    memberId: you.memberId,
    ask: (name, asked) => askRaw(socket, lastId++, name, asked),
    fire: (name, asked) => socket.send(packetOf(lastId++, name, asked)),
  }
}
