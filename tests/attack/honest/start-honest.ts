import { fork } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Answer, HonestCalls, Question } from './honest-calls'

const root = resolve(import.meta.dirname, '../../..')

/** Starts the process of the honest people. */
export function startHonest(): HonestCalls & { stop: () => void } {
  const child = fork(join(root, 'scripts/run.mjs'), [join(import.meta.dirname, 'honest.ts')])
  const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  child.on('message', ({ id, value, error }: Answer) => {
    const waiting = asked.get(id)
    asked.delete(id)
    if (error === undefined) waiting?.resolve(value)
    else waiting?.reject(new Error(error))
  })
  child.on('exit', (code) => {
    for (const { reject } of asked.values()) reject(new Error(`the honest people's process ended with ${code}`))
  })

  const ask = <C extends keyof HonestCalls>(call: C, url = ''): ReturnType<HonestCalls[C]> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      asked.set(id, { resolve: resolve as (value: unknown) => void, reject })
      child.send({ id, call, url } satisfies Question)
    }) as ReturnType<HonestCalls[C]>

  return {
    enter: (url) => ask('enter', url),
    look: () => ask('look'),
    newcomer: (url) => ask('newcomer', url),
    leave: () => ask('leave'),
    stop: () => child.disconnect(),
  }
}
