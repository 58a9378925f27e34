import { expect, test } from 'vitest'
import { StalledError, steadyBody } from '../../../src/main/files/steady-body'

const patienceMs = 50

test('a body that nobody reads for a while is not taken for one that has stopped', async () => {
  let left = 5
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(10)) : controller.close()),
  })
  const reader = steadyBody(body, { patienceMs, leastPerSecond: 100 }).getReader()
  let read = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    read += piece.value.length
    // As long as a reader is busy with what it has, nobody waits for more.
    for (const since = performance.now(); performance.now() - since < patienceMs * 1.5;);
  }
  expect(read).toBe(50)
})

test('a body that stops is cancelled, and says why', async () => {
  let why: unknown
  const body = new ReadableStream<Uint8Array>({ cancel: (reason) => void (why = reason) })
  await expect(new Response(steadyBody(body, { patienceMs })).text()).rejects.toThrow(StalledError)
  expect(why).toBeInstanceOf(StalledError)
})
