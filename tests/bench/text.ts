import { readEverything } from '../support/read-everything'
import { worstTexts } from '../support/worst-texts'
import { median } from './spread'

// What the slowest texts cost before they are drawn: npm run bench:text
// What a message of code may be, and twice what a message of letters may be.
const lengths = [4_000, 8_192]
const rounds = 9

/** Processor time: whatever else the machine does costs this process none. */
function cpuMs(text: string): number {
  const before = process.cpuUsage()
  readEverything(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const figures = lengths.flatMap((length) =>
  worstTexts.map(({ name, of }) => {
    const text = of(length)
    const first = cpuMs(text)
    return { name, length, firstMs: first, ms: median(Array.from({ length: rounds }, () => cpuMs(text))) }
  }),
)
figures.sort((a, b) => b.ms - a.ms)
process.stdout.write(`${JSON.stringify({ texts: worstTexts.length, slowest: figures[0], figures })}\n`)
