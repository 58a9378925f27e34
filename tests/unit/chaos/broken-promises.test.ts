import { expect, test } from 'vitest'
import * as fuzzing from '../../chaos/fuzzing/fuzz-summary'
import * as kills from '../../chaos/kills/chaos-summary'

const killed: kills.ChaosSummary = {
  kills: 300,
  acked: 9_000,
  lost: 0,
  doubled: 0,
  holes: 0,
  worstRecoveryMs: 4_000,
  medianRecoveryMs: 1_500,
  worstStartMs: 900,
  medianStartMs: 500,
  viewersIdentical: true,
  viewers: 20,
  stored: 9_000,
  leastInFlight: 12,
  complaints: 0,
  serverErrors: 0,
  seconds: 300,
  seed: 1,
}
const fuzzed: fuzzing.FuzzSummary = {
  packets: 1_000,
  uncaught: 0,
  unhandled: 0,
  unanswered: 0,
  canaryFailures: 0,
  refused: 400,
  closed: 600,
  afterJoin: 500,
  allowed: 20,
  canarySent: 100,
  canaryWorstMs: 30,
  rssBeforeMb: 120,
  rssHalfwayMb: 180,
  rssPeakMb: 190,
  rssGrowthMb: 60,
  seconds: 10,
  seed: 1,
}

test('runs that keep every promise are not broken', () => {
  expect(kills.brokenPromises(killed)).toEqual([])
  expect(fuzzing.brokenPromises(fuzzed)).toEqual([])
})

test.each([
  [{ lost: 1 }, '1 acknowledged messages lost'],
  [{ doubled: 2 }, '2 messages doubled'],
  [{ holes: 3 }, '3 holes in seq'],
  [{ viewersIdentical: false }, 'viewers differ from the store'],
  [{ worstRecoveryMs: 5_001 }, 'clients took 5001 ms to catch up'],
  [{ leastInFlight: 9 }, 'only 9 sends in flight at a kill'],
  [{ acked: 0 }, 'nothing was acknowledged'],
  [{ complaints: 1 }, '1 complaints'],
  [{ serverErrors: 1 }, '1 errors reported by the server'],
] satisfies [Partial<kills.ChaosSummary>, string][])('a kill run with %o is broken', (change, words) => {
  expect(kills.brokenPromises({ ...killed, ...change })).toEqual([words])
})

test.each([
  [{ uncaught: 1 }, '1 uncaught errors'],
  [{ unhandled: 1 }, '1 unhandled rejections'],
  [{ unanswered: 1 }, '1 packets unanswered'],
  [{ canaryFailures: 1 }, '1 of 100 canary sends failed'],
  [{ canarySent: 0 }, '0 of 0 canary sends failed'],
  [{ afterJoin: 400 }, 'only 400 of 1000 packets after a join'],
  [{ rssGrowthMb: 101 }, 'memory grew by 101 MB'],
] satisfies [Partial<fuzzing.FuzzSummary>, string][])('a fuzz run with %o is broken', (change, words) => {
  expect(fuzzing.brokenPromises({ ...fuzzed, ...change })).toEqual([words])
})
