import { expect, test } from 'vitest'
import { Refusal } from '#shared/protocol/errors'
import { createSearchTurns } from '../../../../src/server/budgets/search-turns'

function openTurns(limits = { searchesWaiting: 3, searchesWaitingInAll: 5 }) {
  let at = 0
  const turns = createSearchTurns(limits, () => at)
  const begun: string[] = []
  let end: (failure?: Error) => void = () => undefined
  const ask = (memberId: string) =>
    turns.take(memberId, () => {
      begun.push(memberId)
      return new Promise<string>((resolve, reject) => {
        end = (failure) => (failure ? reject(failure) : resolve(`for ${memberId}`))
      })
    })
  /** Ends the search under way, after so many milliseconds. */
  async function endAfter(ms: number, failure?: Error) {
    at += ms
    end(failure)
    await new Promise(setImmediate)
  }
  return { ask, begun, endAfter }
}

const refused = (ask: Promise<unknown>) =>
  ask.catch((error: unknown) => (error instanceof Refusal ? error.toWire() : error))

test('one search is under way at a time, and whoever searched least goes next', async () => {
  const { ask, begun, endAfter } = openTurns()
  const first = ask('mallory')
  const others = ['mallory', 'mallory', 'ada', 'grace'].map(ask)
  expect(begun).toEqual(['mallory'])

  await endAfter(100)
  await expect(first).resolves.toBe('for mallory')
  await endAfter(10)
  await endAfter(10)
  expect(begun).toEqual(['mallory', 'ada', 'grace', 'mallory'])
  await endAfter(100)
  await endAfter(100)
  await Promise.all(others)
})

test('a search that fails gives way to the next', async () => {
  const { ask, begun, endAfter } = openTurns()
  const [failing, next] = [ask('ada'), ask('grace')]
  const failure = expect(failing).rejects.toThrow('no')
  await endAfter(1, new Error('no'))
  await failure
  expect(begun).toEqual(['ada', 'grace'])
  await endAfter(1)
  await expect(next).resolves.toBe('for grace')
})

test('only so many wait, of one member and in all, and one member leaves room for others', async () => {
  const { ask } = openTurns()
  const rateLimited = { code: 'rate_limited', retryAfterMs: 1_000 }
  for (let n = 0; n < 4; n++) void ask('mallory')
  expect(await refused(ask('mallory'))).toEqual(rateLimited)
  void ask('ada')
  void ask('grace')
  expect(await refused(ask('alan'))).toEqual(rateLimited)
})
