import type { Report } from '../server-options'
import type { Store } from '../store/store'
import type { Rooms } from './rooms'

export interface Lapsing {
  stop: () => Promise<void>
}

/** What is looked at is every member who is away. */
const minutesBetweenLooks = 10

export interface LapsingOptions {
  store: Pick<Store, 'countMinute' | 'lapseMembers'>
  rooms: Pick<Rooms, 'here' | 'leave'>
  /** How long a minute is: on the timers' clock, which only goes on. */
  minuteMs: number
  quietMinutes: number
  spokenMinutes: number
  now: () => number
  report: Report
}

/** Counts how long members are away, and ends the memberships of those who are long gone. */
export function startLapsing({ store, rooms, minuteMs, now, report, ...after }: LapsingOptions): Lapsing {
  let minutes = 0
  let running: Promise<void> | undefined

  async function count() {
    await store.countMinute(rooms.here())
    minutes += 1
    if (minutes % minutesBetweenLooks !== 0) return
    const lapsed = await store.lapseMembers({ ...after, at: now() })
    for (const { roomId, memberId } of lapsed) await rooms.leave(roomId, memberId)
  }

  const timer = setInterval(() => {
    running ??= count()
      .catch((error: unknown) => report(error, { during: 'counting who is away' }))
      .finally(() => (running = undefined))
  }, minuteMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
