import { setTimeout as pause } from 'node:timers/promises'
import type { Message } from '#shared/protocol/entities'
import { connectPerson } from '../../support/person'
import { act } from './act'
import { differences, type Truth } from './differences'
import { createMember, gather, type Ground, type Member } from './member'
import { createPromises } from './promises'
import type { Merge } from './screen'
import { people, type Step } from './steps'

const lookEveryMs = 25

export interface PlayOptions {
  /** How a window puts together what it hears. */
  merge?: Merge
  /** How long it may take until all have the same. */
  patienceMs?: number
}

export interface Played {
  /** In words; nothing when everybody's room is the same and nothing was lost. */
  wrong: readonly string[]
  messages: readonly Message[]
}

/** Lets five people loose on a new room, then waits until all are back and have the same of it. */
export async function play(
  ground: Ground,
  steps: readonly Step[],
  { patienceMs = 20_000, ...options }: PlayOptions = {},
): Promise<Played> {
  const reported: string[] = []
  const report = (error: unknown) => void reported.push(`reported: ${String(error)}`)
  const members = Array.from({ length: people }, (_, n) =>
    createMember({ name: `member ${n}`, ground, report, ...options }),
  )
  const promises = createPromises()
  let texts = 0
  try {
    const key = await gather(members, ground)
    const scene = { key, ground, promises, nextText: () => `text ${++texts}` }
    for (const step of steps) await act(step, members[step.who]!, scene)

    for (const member of members) member.back()
    const { differing, messages } = await settle(members, ground, patienceMs)
    return { messages, wrong: [...differing, ...promises.broken(messages), ...reported] }
  } finally {
    for (const member of members) await member.close()
  }
}

async function settle(members: readonly Member[], ground: Ground, patienceMs: number) {
  const observer = await observe(members[0]!, ground)
  try {
    const end = performance.now() + patienceMs
    for (;;) {
      for (const member of members) await dismissRefused(member)
      const truth = await observer.look()
      const differing = members.flatMap((member) => differences(member, truth))
      if (differing.length === 0 || performance.now() > end) return { differing, messages: truth.messages }
      await pause(lookEveryMs)
    }
  } finally {
    observer.close()
  }
}

/** Looks at the room on the server as one of its members does, without a client of ours in between. */
async function observe(member: Member, ground: Ground) {
  const room = member.room()
  const session = room && member.storage().read(`session:${room.server}`)
  if (!room || session === undefined) throw new Error('nobody to look through')
  const person = await connectPerson(ground.url, { session })
  const look = (): Promise<Truth> => person.get('join_room', { roomId: room.room.roomId })
  return { look, close: person.close }
}

/** A message was deleted before somebody's reaction to it arrived: that is told to them, and theirs to dismiss. */
async function dismissRefused(member: Member) {
  const room = member.room()
  for (const { seq, change, failed } of room?.pendingChanges ?? []) {
    const isUnheard = change.kind !== 'edit' && change.kind !== 'delete' && failed === 'conflict'
    if (room && isUnheard)
      await member.client().calls.changePending({ key: room.key, seq, change: { kind: 'discard' } })
  }
}
