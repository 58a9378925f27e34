import fc from 'fast-check'
import { expect, test } from 'vitest'
import { play } from '../../chaos/converging/play'
import { steps } from '../../chaos/converging/steps'
import { openParlor } from '../../support/open-parlor'

const seed = 20_261_122
const runs = 40

test(`whatever five people do at once, they end with the same room (seed ${seed})`, { timeout: 120_000 }, async () => {
  const parlor = await openParlor()
  const seen = new Set<string>()

  await fc.assert(
    fc.asyncProperty(steps, async (chosen) => {
      const { wrong, messages } = await play(parlor, chosen)
      expect(wrong).toEqual([])
      for (const message of messages) {
        if (message.editedAt !== undefined) seen.add('edited')
        if (message.deletedAt !== undefined) seen.add('deleted')
        if (message.reactions.length > 0) seen.add('reacted to')
        if (message.pinned) seen.add('pinned')
      }
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
  expect([...seen].sort()).toEqual(['deleted', 'edited', 'pinned', 'reacted to'])
})

test('a screen that keeps what it heard first of a message is found out', { timeout: 60_000 }, async () => {
  const parlor = await openParlor()
  // A wait ends when everything is delivered; on a busy disk one is not always enough.
  const delivered = Array.from({ length: 30 }, () => 'wait' as const)
  const acts = ['send', ...delivered, 'edit', ...delivered] as const

  const { wrong } = await play(
    parlor,
    acts.map((one) => ({ do: one, who: 0, pick: 0 })),
    {
      patienceMs: 500,
      merge: (known, news) => [...known, ...news.filter(({ seq }) => !known.some((message) => message.seq === seq))],
    },
  )

  expect(wrong).not.toEqual([])
})
