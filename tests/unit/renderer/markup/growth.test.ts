import { expect, test } from 'vitest'
import { readEverything } from '../../../support/read-everything'
import { worstTexts, type WorstText } from '../../../support/worst-texts'

const [small, large] = [2_048, 16_384]
const doublings = Math.log2(large / small)
const mostPerDoubling = 2.5
/** Whatever is read in less is no trouble, however it grows. */
const unnoticedMs = 1
const mostRounds = 15

// Processor time, and the least of it: whatever else goes on can only add to what the text itself costs.
function leastCpuMs(text: string, before = Infinity): number {
  const start = process.cpuUsage()
  readEverything(text)
  const { user, system } = process.cpuUsage(start)
  return Math.min(before, (user + system) / 1_000)
}

/** How much longer twice as much takes; measured again for as long as it looks like too much. */
function growthOf({ of }: WorstText): number {
  const [little, much] = [of(small), of(large)]
  let [least, most, growth] = [Infinity, Infinity, Infinity]
  for (let round = 0; round < mostRounds && growth > mostPerDoubling; round++) {
    least = leastCpuMs(little, least)
    most = leastCpuMs(much, most)
    growth = most < unnoticedMs ? 1 : (most / least) ** (1 / doublings)
  }
  return growth
}

test('there are at least 40 texts made to be slow', () => {
  expect(new Set(worstTexts.map(({ of }) => of(200))).size).toBeGreaterThanOrEqual(40)
})

test('twice as much of the worst text takes little more than twice as long to read', { timeout: 60_000 }, () => {
  for (const { of } of worstTexts) readEverything(of(small))

  const grown = worstTexts.map((text) => ({ name: text.name, growth: growthOf(text) }))
  expect(grown.filter(({ growth }) => growth > mostPerDoubling)).toEqual([])
})
