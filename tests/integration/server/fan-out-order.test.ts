import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { Server } from 'socket.io'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RoomId } from '#shared/protocol/ids'
import type { Connection } from '../../../src/server/rooms/connection'
import { createFanOut } from '../../../src/server/transport/fan-out'
import { PacketGuard, PacketWriter } from '../../../src/server/transport/packet-guard'
import { socketConnection } from '../../../src/server/transport/socket-connection'
import { openRawPerson, type RawSocket } from '../../support/raw-socket'

const room = 'ROOM01' as RoomId
const size = 3
const http = createServer()
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  parser: { Encoder: PacketWriter, Decoder: PacketGuard },
})
const connections: Connection[] = []
const acknowledgements: ((id: number) => (answer: string) => void)[] = []
const people: RawSocket[] = []

beforeAll(async () => {
  io.on('connection', (socket) => {
    connections.push(socketConnection(socket, () => undefined))
    acknowledgements.push((id) => (socket as unknown as { ack: (id: number) => (answer: string) => void }).ack(id))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  for (let n = 0; n < size; n++) people.push(await openRawPerson(url))
})

afterAll(async () => {
  for (const { ws } of people) ws.terminate()
  await io.close()
})

const member = fc.nat(size - 1)
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('x'.repeat(200), 'y'.repeat(70_000)),
)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('announce' as const), text, except: fc.option(member) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), to: member, text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const payload = (said: string) => ({ roomId: room, memberId: said, reason: 'left' }) as never
const packet = (said: string) => `42${JSON.stringify(['member_left', payload(said)])}`
const answer = (said: string) => `437${JSON.stringify([said])}`

/** What each must hear: answers leave first in a turn, announcements in their order when it ends. */
function expected(steps: readonly Step[]): string[][] {
  const heard: string[][] = people.map(() => [])
  const waiting: string[][] = people.map(() => [])
  for (const one of [...steps, { do: 'turn' as const }])
    if (one.do === 'answer') heard[one.to]!.push(answer(one.text))
    else if (one.do === 'announce') waiting.forEach((list, n) => n !== one.except && list.push(packet(one.text)))
    else waiting.forEach((list, n) => heard[n]!.push(...list.splice(0)))
  return heard
}

async function run(steps: readonly Step[], mayWrite: () => boolean): Promise<string[][]> {
  const forced = connections.map((connection) => ({
    ...connection,
    write: (frames: Buffer) => mayWrite() && connection.write(frames),
  }))
  const fanOut = createFanOut({ connectionsIn: () => forced, sendQueueBytes: Infinity })
  const from = people.map(({ heard }) => heard.length)
  for (const one of [...steps, { do: 'turn' as const }])
    if (one.do === 'turn') await new Promise(setImmediate)
    else if (one.do === 'answer') {
      fanOut.hold(forced[one.to]!)
      acknowledgements[one.to]!(7)(one.text)
    } else {
      const except = one.except === null ? [] : [{ entered: new Map([[forced[one.except]!, 1]]), moment: 0 }]
      fanOut.announce(room, 'member_left', payload(one.text), ...except)
    }
  const end = `end ${Math.random()}`
  fanOut.announce(room, 'member_left', payload(end))
  await Promise.all(people.map((person) => person.next(packet(end))))
  return people.map(({ heard }, n) => heard.slice(from[n]).filter((one) => one.startsWith('4') && one !== packet(end)))
}

test('both ways out bring every member the same packets in the same order', async () => {
  const ways = fc.infiniteStream(fc.boolean())
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), ways, async (steps, way) => {
      const wanted = expected(steps)
      expect(await run(steps, () => false)).toEqual(wanted)
      expect(await run(steps, () => way.next().value === true)).toEqual(wanted)
      expect(await run(steps, () => true)).toEqual(wanted)
    }),
    { seed: 20_26_11_22, numRuns: 60 },
  )
})

test('a fan-out that turns two announcements around is found out', async () => {
  const steps: Step[] = ['a', 'b'].map((said) => ({ do: 'announce', text: said, except: null }))
  expect(await run(steps, () => true)).not.toEqual(expected(steps.toReversed()))
})

test('what a turn announced leaves in one write', async () => {
  const writes: number[] = []
  const counted = connections.map((one, n) => ({
    ...one,
    write: (frames: Buffer) => (writes.push(n), one.write(frames)),
  }))
  const fanOut = createFanOut({ connectionsIn: () => counted, sendQueueBytes: Infinity })
  for (let n = 0; n < 32; n++) fanOut.announce(room, 'member_left', payload(`one ${n}`))
  await Promise.all(people.map((person) => person.next(packet('one 31'))))
  expect(writes).toEqual([0, 1, 2])
})
