import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createJoinGate, type Attempt } from '../../../../src/server/budgets/join-gate'

const limits = {
  joinFailuresPerMinute: 5,
  joinFailuresPerMinuteInAll: 19,
  joinDelayLeastMs: 2_000,
  joinDelayMostMs: 30_000,
}
const minuteMs = 60_000
const nobody = () => Promise.resolve(false)
const gate = () => createJoinGate(limits, () => performance.now())
type Gate = ReturnType<typeof gate>

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

const enter = (to: Gate, address: string, isMember = nobody): Promise<Attempt | 'refused'> =>
  to.enter({ address, isMember }).catch(() => 'refused' as const)

async function guess(to: Gate, address: string): Promise<'looked' | 'refused'> {
  const attempt = await enter(to, address)
  if (attempt === 'refused') return attempt
  attempt(false)
  return 'looked'
}

/** Whether it is settled without any time passing. */
async function isPrompt(work: Promise<unknown>): Promise<boolean> {
  let isSettled = false
  void work.finally(() => (isSettled = true))
  await vi.advanceTimersByTimeAsync(0)
  return isSettled
}

test('an address guesses five times at once and then waits', async () => {
  const to = gate()
  for (let n = 0; n < 5; n++) expect(await isPrompt(guess(to, 'a'))).toBe(true)
  const sixth = guess(to, 'a')
  expect(await isPrompt(sixth)).toBe(false)
  await vi.advanceTimersByTimeAsync(11_900)
  expect(await isPrompt(sixth)).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(await sixth).toBe('looked')
})

test('right codes never count, however many come at once', async () => {
  const to = gate()
  const joins = Array.from({ length: 500 }, async () => {
    const attempt = await enter(to, 'office')
    if (attempt === 'refused') return attempt
    await Promise.resolve()
    attempt(true)
    return 'in'
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(new Set(await Promise.all(joins))).toEqual(new Set(['in']))
})

test('members never wait, whatever their address has done', async () => {
  const to = gate()
  for (let n = 0; n < 5; n++) await guess(to, 'a')
  expect(await isPrompt(enter(to, 'a', () => Promise.resolve(true)))).toBe(true)
})

test.each([1, 30, 300])(
  '%i addresses guess no faster than the limit, and newcomers with a code get in',
  async (size) => {
    const to = gate()
    const minutes = 12
    const looks: number[] = []
    let isOver = false
    const attackers = Array.from({ length: size }, async (_, n) => {
      while (!isOver) {
        if ((await guess(to, `attacker ${n}`)) === 'looked') looks.push(performance.now())
        else await new Promise((resolve) => setTimeout(resolve, 1_000))
      }
    })

    await vi.advanceTimersByTimeAsync(2 * minuteMs)
    let inTime = 0
    const newcomers = 100
    const joins = Array.from({ length: newcomers }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, n * 5_000))
      const attempt = await enter(to, `newcomer ${n}`)
      if (attempt === 'refused') return
      attempt(true)
      inTime++
    })
    await vi.advanceTimersByTimeAsync((minutes - 2) * minuteMs)
    await Promise.all(joins)
    isOver = true
    to.stop()
    await vi.advanceTimersByTimeAsync(2_000)
    await Promise.all(attackers)

    const worstMinute = Math.max(...looks.map((at) => looks.filter((one) => one >= at && one < at + minuteMs).length))
    expect(worstMinute).toBeLessThanOrEqual(limits.joinFailuresPerMinuteInAll)
    expect(looks.length).toBeLessThanOrEqual(minutes * limits.joinFailuresPerMinuteInAll)
    expect(inTime).toBeGreaterThanOrEqual(newcomers * 0.99)
  },
  60_000,
)
