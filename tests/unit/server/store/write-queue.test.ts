import { expect, test } from 'vitest'
import { createWriteQueue } from '../../../../src/server/store/sqlite/write-queue'

/** A queue, and the names of what each commit took. */
function openQueue() {
  const commits: string[][] = []
  const queue = createWriteQueue((batch) => {
    commits.push(batch.map(({ name }) => name))
    return Promise.resolve(batch.map(({ input }) => ({ ok: true, value: input })))
  })
  return { queue, commits }
}

test('what is asked for in one turn goes into one commit, in order', async () => {
  const { queue, commits } = openQueue()
  const asked = [1, 2, 3].map((input) => queue.add({ name: 'append', input }))

  expect(await Promise.all(asked)).toEqual([1, 2, 3])
  expect(commits).toEqual([['append', 'append', 'append']])
})

test('a message does not wait for the many files that were announced before it', async () => {
  const { queue, commits } = openQueue()
  const files = Array.from({ length: 200 }, (_, input) => queue.add({ name: 'addFile', input }))
  const message = queue.add({ name: 'append', input: 'hello' })

  expect(await message).toBe('hello')
  expect(commits[0]?.at(-1)).toBe('append')
  expect(commits[0]?.length).toBeLessThan(20)
  expect(await Promise.all(files)).toEqual(Array.from({ length: 200 }, (_, input) => input))
  await queue.drained()
  expect(commits.flat().length).toBe(201)
})
