import { expect, test } from 'vitest'
import { startServerTime } from '../../../../src/server/clock/server-time'

const [second, minute, hour, day, year] = [1_000, 60_000, 3_600_000, 86_400_000, 31_536_000_000]
const today = Date.parse('2026-12-01T12:00:00Z')
const never = { ranMs: 0, passedMs: 0, wallMs: 0, doubtedMs: 0, doubtedForMs: 0 }

/** A computer whose clocks are in the test's hands; it looks at them once a minute. */
function computer() {
  const at = { wall: today, monotonic: 5_000, uptime: 9_000 }
  let kept = never
  let time: ReturnType<typeof startServerTime> | undefined
  const look = () => time && (kept = time.kept())
  function pass(ms: number) {
    at.wall += ms
    at.uptime += ms
  }
  const all = {
    start() {
      time = startServerTime(kept, { now: () => at.wall, monotonic: () => at.monotonic, uptime: () => at.uptime })
    },
    run(ms: number) {
      for (let left = ms; left > 0; left -= minute) {
        pass(Math.min(left, minute))
        at.monotonic += Math.min(left, minute)
        look()
      }
    },
    sleep(ms: number) {
      pass(ms)
      look()
      all.run(second)
    },
    stop(ms: number) {
      look()
      time = undefined
      pass(ms)
    },
    set: (byMs: number) => void (at.wall += byMs),
    get time() {
      look()
      const { ranMs, passedMs } = kept
      return { ranMs, passedMs }
    },
  }
  all.start()
  return all
}

test.each([
  ['twenty years behind', -20 * year],
  ['ten days ahead', 10 * day],
  ['at 1970', -today],
  ['at 2038', Date.parse('2038-01-19T03:14:07Z') - today],
])('a clock that was %s at a start and is set right counts nothing but what has run', (_name, wrong) => {
  const server = computer()
  server.run(10 * minute)
  server.stop(0)
  server.set(wrong)
  server.start()
  server.run(70 * second)
  server.set(-wrong)
  server.run(2 * hour)
  expect(server.time).toEqual({ ranMs: 10 * minute + 70 * second + 2 * hour, passedMs: server.time.ranMs })
})

test.each([-20 * year, -day, -minute, minute, day, 20 * year])(
  'a clock set by %d ms while it runs counts nothing',
  (byMs) => {
    const server = computer()
    server.run(5 * minute)
    server.set(byMs)
    server.run(3 * hour)
    expect(server.time).toEqual({ ranMs: 5 * minute + 3 * hour, passedMs: 5 * minute + 3 * hour })
  },
)

test('a stop counts when an hour later the clock has not gone back', () => {
  const server = computer()
  server.run(hour)
  server.stop(16 * hour)
  server.start()
  server.run(59 * minute)
  expect(server.time).toEqual({ ranMs: hour + 59 * minute, passedMs: hour + 59 * minute })
  server.run(minute)
  expect(server.time).toEqual({ ranMs: 2 * hour, passedMs: 18 * hour })
})

test('a clock that stays wrong makes of a stop no more than a day', () => {
  const server = computer()
  server.run(hour)
  server.stop(0)
  server.set(10 * day)
  server.start()
  server.run(20 * hour)
  expect(server.time).toEqual({ ranMs: 21 * hour, passedMs: 21 * hour + day })
})

test('a laptop that runs for some minutes a day counts its days, too', () => {
  const server = computer()
  for (let days = 0; days < 8; days++) {
    server.run(30 * minute)
    server.stop(day - 30 * minute)
    server.start()
  }
  expect(server.time).toEqual({ ranMs: 8 * 30 * minute, passedMs: 7 * day + 30 * minute })
})

test('what slept has passed and has not run', () => {
  const server = computer()
  server.run(hour)
  server.sleep(9 * hour)
  expect(server.time).toEqual({ ranMs: hour + second, passedMs: 10 * hour + second })
})

test('a server that was suspended, or slept on a clock that goes on, has run for two minutes at most', () => {
  const at = { now: today, monotonic: 0, uptime: 0 }
  const time = startServerTime(never, { now: () => at.now, monotonic: () => at.monotonic, uptime: () => at.uptime })
  for (const clock of ['now', 'monotonic', 'uptime'] as const) at[clock] += 3 * hour
  expect(time.read()).toEqual({ ranMs: 2 * minute, passedMs: 3 * hour })
})

test('a clock that only goes on and goes back all the same counts nothing', () => {
  const at = { now: today, monotonic: 10_000, uptime: 10_000 }
  const time = startServerTime(never, { now: () => at.now, monotonic: () => at.monotonic, uptime: () => at.uptime })
  at.monotonic = 5_000
  expect(time.read()).toEqual({ ranMs: 0, passedMs: 0 })
  at.monotonic = 12_000
  // One look: where this is reckoned from the wall clock, that may have been set in between.
  at.uptime += 10 * day
  expect(time.read()).toEqual({ ranMs: 2_000, passedMs: 2_000 })
  at.uptime = 12_000
  expect(time.read()).toEqual({ ranMs: 2_000, passedMs: 2_000 })
})
