import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { openStore } from '../../src/server/store/sqlite/open-store'
import { makeRooms, say, word } from './load/million'
import { bundleServers } from './processes/bundle-servers'

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
  },
})
const [messages, rounds] = [Number(options.messages), Number(options.rounds)]
const print = (line: string) => process.stdout.write(`${line}\n`)

const dataDir = await mkdtemp(join(tmpdir(), 'parlor-search-'))
const worker = pathToFileURL(resolve(await bundleServers(), 'store-worker.mjs'))
const report = (error: unknown) => print(String(error))
const open = () => openStore({ dataDir, worker, report })

const first = await open()
const conversation = await makeRooms(first, Date.UTC(2026, 0, 1))
await first.close()
await say(messages, dataDir, conversation)
print(`${messages} messages, ${Math.round((await stat(join(dataDir, 'parlor.db'))).size / 1e6)} MB`)

const store = await open()
const { rooms, memberId } = conversation
const anyOf = (from: number, to: number) => word(from + Math.floor(Math.random() * (to - from)))
const middle = Date.UTC(2026, 6, 1)
const searches: Record<string, () => { query: string; roomId?: (typeof rooms)[number]; before?: number }> = {
  'a rare word': () => ({ query: anyOf(5_000, 19_000) }),
  'a common word': () => ({ query: anyOf(0, 20) }),
  'two words': () => ({ query: `${anyOf(0, 200)} ${anyOf(200, 2_000)}` }),
  'two common words': () => ({ query: `${anyOf(0, 20)} ${anyOf(0, 20)}` }),
  'one letter': () => ({ query: anyOf(0, 16).slice(0, 1) }),
  'three letters': () => ({ query: anyOf(300, 4_000).slice(0, 3) }),
  'four letters': () => ({ query: anyOf(15, 250) }),
  'five letters': () => ({ query: anyOf(5_000, 19_000).slice(0, 5) }),
  'a common word in a small room': () => ({ query: anyOf(0, 20), roomId: rooms.at(-1)! }),
  'a common word of one author': () => ({ query: `from:"guest 3" ${anyOf(0, 20)}` }),
  'a common word, half a year back': () => ({ query: anyOf(0, 20), before: middle }),
  'a rare word before a day': () => ({ query: `${anyOf(5_000, 19_000)} before:2026-07-01` }),
}

const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!
const columns = ['p50 ms', 'p99 ms', 'worst ms', 'p50 CPU-ms', 'p99 CPU-ms']
const row = (what: string, cells: readonly string[]) =>
  print(what.padEnd(34) + cells.map((cell) => cell.padStart(12)).join(''))
const figures = []
row('newest 50 of', columns)
for (const [what, next] of Object.entries(searches)) {
  const took: number[] = []
  const worked: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [startedAt, before] = [performance.now(), process.cpuUsage()]
    await store.search({ memberId, limit: 50, ...next() })
    took.push(performance.now() - startedAt)
    const { user, system } = process.cpuUsage(before)
    worked.push((user + system) / 1_000)
  }
  for (const sample of [took, worked]) sample.sort((a, b) => a - b)
  const figure = {
    what,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    worst: took.at(-1)!,
    cpuP50: quantile(worked, 0.5),
    cpuP99: quantile(worked, 0.99),
  }
  figures.push(figure)
  row(
    what,
    [figure.p50, figure.p99, figure.worst, figure.cpuP50, figure.cpuP99].map((ms) => ms.toFixed(2)),
  )
}
await store.close()
await rm(dataDir, { recursive: true })
if (options.json) print(JSON.stringify({ messages, rounds, searches: figures }))
