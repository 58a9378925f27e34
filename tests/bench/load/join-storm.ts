import type { Ack, Connection } from './connection'
import { createRoom, guestName, join, openConnections } from './room'
import type { Member } from '#shared/protocol/entities'
import { untilStill } from './still'

/** A room and people who are connected, but not yet in it. */
export interface JoinStorm {
  /** All ask to join in the same moment; resolves when they are in and every announcement has settled. */
  run: () => Promise<void>
  /** Throws unless every member has learned of every other one. */
  verify: () => void
  close: () => void
}

export async function prepareJoinStorm(port: number, count: number): Promise<JoinStorm> {
  const [host, ...guests] = (await openConnections(port, count + 1)) as [Connection, ...Connection[]]
  const roomId = await createRoom(host)
  const roster = createRoster(guests)
  let lists: (() => readonly Member[])[] = []

  return {
    run: async () => {
      lists = await Promise.all(guests.map((guest, at) => joinWhole(guest, roomId, guestName(at))))
      await untilStill(roster.heard)
    },
    verify: () => lists.forEach((list, at) => roster.expectComplete(at, list())),
    close: () => [host, ...guests].forEach((connection) => connection.close()),
  }
}

/** Joins, and asks for the members that the answer has no place for, as clients do. */
async function joinWhole(guest: Connection, roomId: string, name: string): Promise<() => readonly Member[]> {
  const ack = await join(guest, roomId, name)
  const pages: Ack<'fetch_members'>[] = []
  for (let isWhole = !ack.value().hasMoreMembers; !isWhole; isWhole = !pages.at(-1)!.value().hasMore) {
    const after = pages.at(-1)?.value().members.at(-1)?.memberId
    pages.push(await guest.ask('fetch_members', { roomId, ...(after !== undefined && { after }) }))
  }
  return () => [...ack.value().members, ...pages.flatMap((page) => page.value().members)]
}

const beforeNumber = '"name":"Visitor '
const quote = '"'.charCodeAt(0)
const joinedLetters = Buffer.from('member_j')
const isMemberJoined = (bytes: Buffer, start: number) =>
  bytes.compare(joinedLetters, 0, joinedLetters.length, start, start + joinedLetters.length) === 0

/** Who knows of whom: announcements are ticked off as they come, by the number in the name. */
function createRoster(guests: readonly Connection[]) {
  const known = guests.map(() => new Uint8Array(guests.length))
  let heard = 0

  for (const [at, guest] of guests.entries()) {
    guest.hear((bytes, start) => {
      heard++
      if (!isMemberJoined(bytes, start)) return
      const number = bytes.indexOf(beforeNumber, start) + beforeNumber.length
      known[at]![Number(bytes.toString('latin1', number, bytes.indexOf(quote, number)))] = 1
    })
  }

  const expectComplete = (at: number, members: readonly { name: string }[]) => {
    const listed = new Set(members.map(({ name }) => name))
    const missing = known[at]!.findIndex((isKnown, other) => isKnown === 0 && !listed.has(guestName(other)))
    if (missing >= 0) throw new Error(`${guestName(at)} never learned of ${guestName(missing)}`)
  }
  return { heard: () => heard, expectComplete }
}
