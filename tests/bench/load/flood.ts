import { randomUUID } from 'node:crypto'
import type { Ack } from './connection'
import type { FullRoom } from './room'

export interface Load {
  messages: number
  /** Sent by as many members in turn; a message is in flight until every member has it. */
  inFlight: number
}

const text = 'The quick brown fox jumps over the lazy dog, twice a day, and reports what it has seen to the room.'
const withinMs = 120_000

/** Sends `messages` and resolves when every member has every one of them and every sender its ack. */
export async function flood({ roomId, members }: FullRoom, { messages, inFlight }: Load): Promise<void> {
  const acks: Promise<Ack<'send_message'>>[] = []
  const sendNext = () => {
    const sender = members[acks.length % members.length]!
    acks.push(sender.ask('send_message', { roomId, clientKey: randomUUID(), text }))
  }

  const delivered = countDeliveries(members, messages, () => {
    if (acks.length < messages) sendNext()
  })
  while (acks.length < Math.min(inFlight, messages)) sendNext()

  await delivered
  for (const ack of await Promise.all(acks)) ack.value()
}

/** Calls `onComplete` whenever one more message has reached everybody; resolves after the last. */
function countDeliveries(members: FullRoom['members'], messages: number, onComplete: () => void): Promise<void> {
  const arrivals = new Uint32Array(messages)
  let completed = 0
  return new Promise((resolve, reject) => {
    const explain = () => {
      const arrived = arrivals.reduce((sum, count) => sum + count, 0)
      reject(new Error(`${arrived} of ${messages * members.length} deliveries arrived`))
    }
    const overdue = setTimeout(explain, withinMs)
    const arrive = (nth: number) => {
      if (nth >= messages) reject(new Error('a message arrived twice'))
      if (++arrivals[nth]! < members.length) return
      completed++
      onComplete()
      if (completed < messages) return
      clearTimeout(overdue)
      resolve()
    }
    for (const member of members) {
      let heard = 0
      member.hear((bytes, start) => {
        if (isMessagePosted(bytes, start)) arrive(heard++)
      })
    }
  })
}

const firstLetters = Buffer.from('mess').readUInt32BE()
const isMessagePosted = (bytes: Buffer, start: number) => bytes.readUInt32BE(start) === firstLetters
