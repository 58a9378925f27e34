import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectRaw, valueOf, type RawClient } from '../../chaos/clients/raw-client'
import { within } from '../../chaos/waiting'
import { figuresOf } from './figures'
import type { HonestCalls } from './honest-calls'

const names = ['Ada', 'Grace', 'Linus', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Alan']
/** Each says less than the server lets one member say. */
const everyMs = 550
const patienceMs = 10_000
const wakesEveryMs = 20

export interface Crew extends Omit<HonestCalls, 'newcomer'> {
  roomId: () => string
}

/** People in one room, each at an address of their own, who talk all the time. */
export function createCrew(): Crew {
  let roomId = ''
  let members: RawClient[] = []
  let isTalking = false
  let talking: Promise<void>[] = []
  let latenciesMs: number[] = []
  let lost = 0
  let lateMs: number[] = []
  const underWay = new Set<Promise<void>>()

  async function say(speaker: RawClient, listener: RawClient) {
    const text = `hello ${randomUUID()}`
    const begunAt = performance.now()
    const stop = new AbortController()
    try {
      const [reply] = await within(
        Promise.all([send(speaker, roomId, text), heard(listener, text, stop.signal)]),
        patienceMs,
        'a message',
      )
      valueOf(reply, 'a message')
      latenciesMs.push(performance.now() - begunAt)
    } catch {
      lost++
    } finally {
      stop.abort()
    }
  }

  async function talk(at: number) {
    await sleep((everyMs / members.length) * at)
    while (isTalking) {
      const said = say(members[at]!, members[(at + 1) % members.length]!).finally(() => underWay.delete(said))
      underWay.add(said)
      await sleep(everyMs)
    }
  }

  let wokeAt = performance.now()
  setInterval(() => {
    lateMs.push(Math.max(0, performance.now() - wokeAt - wakesEveryMs))
    wokeAt = performance.now()
  }, wakesEveryMs).unref()

  return {
    roomId: () => roomId,
    async enter(url) {
      members = names.map((_, at) => connectRaw(url, { reconnects: false, from: `127.1.0.${at + 1}` }))
      const [host, ...others] = members as [RawClient, ...RawClient[]]
      roomId = valueOf(await host.ask('create_room', { name: names[0]!, retention: 'forever' }), 'the room').room.roomId
      for (const [at, member] of others.entries())
        valueOf(await member.ask('join_room', { roomId, name: names[at + 1]! }), 'a member')
      isTalking = true
      talking = members.map((_, at) => talk(at))
      return roomId
    },
    async look() {
      await Promise.all(underWay)
      const figures = figuresOf(latenciesMs, lost, lateMs)
      latenciesMs = []
      lateMs = []
      lost = 0
      return figures
    },
    async leave() {
      isTalking = false
      // Whoever is still asleep would go on in the next room, and say twice as much.
      await Promise.all(talking)
      await Promise.all(underWay)
      for (const member of members) member.close()
    },
  }
}

/** As Parlor's client does it: what is over a rate is sent again when it may be. */
async function send(speaker: RawClient, roomId: string, text: string) {
  const clientKey = randomUUID()
  for (;;) {
    const reply = await speaker.ask('send_message', { roomId, clientKey, text }, patienceMs)
    if (reply.ok || reply.error.code !== 'rate_limited') return reply
    await sleep(reply.error.retryAfterMs ?? everyMs)
  }
}

const heard = (listener: RawClient, text: string, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const look = ({ message }: { message: { text: string } }) => {
      if (message.text !== text) return
      listener.socket.off('message_posted', look)
      resolve()
    }
    listener.socket.on('message_posted', look)
    signal.addEventListener('abort', () => listener.socket.off('message_posted', look))
  })
