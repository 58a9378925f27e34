import { readEverything } from '../support/read-everything'
import { worstTexts } from '../support/worst-texts'
import { median } from './spread'

// What the slowest texts cost before they are drawn, and how that grows: npm run bench:text
// What a message of code may be, twice what a message of letters may be, and more than either.
const lengths = [2_048, 4_000, 8_192, 16_384]
const rounds = 9
const mostAt8192Ms = 50
const mostPerDoubling = 2.5
/** Whatever is read in less is no trouble, however it grows. */
const unnoticedMs = 1

/** Processor time: whatever else the machine does costs this process none. */
function cpuMs(text: string): number {
  const before = process.cpuUsage()
  readEverything(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const figures = worstTexts.map(({ name, of }) => {
  const costs = lengths.map((length) => {
    const text = of(length)
    const first = cpuMs(text)
    const all = Array.from({ length: rounds }, () => cpuMs(text))
    return { length, firstMs: first, ms: median(all), leastMs: Math.min(...all) }
  })
  const [least, most] = [costs[0]?.leastMs ?? 0, costs.at(-1)?.leastMs ?? 0]
  const doublings = Math.log2(lengths.at(-1)! / lengths[0]!)
  return { name, costs, perDoubling: most < unnoticedMs ? 1 : (most / least) ** (1 / doublings) }
})
const msAt8192 = ({ costs }: (typeof figures)[number]) => costs.find(({ length }) => length === 8_192)?.ms ?? 0
figures.sort((a, b) => msAt8192(b) - msAt8192(a))
const slow = figures.filter((one) => msAt8192(one) > mostAt8192Ms || one.perDoubling > mostPerDoubling)
process.stdout.write(
  `${JSON.stringify({ texts: figures.length, slow: slow.map(({ name }) => name), slowest: figures[0], figures })}\n`,
)
if (slow.length > 0) process.exitCode = 1
