import type { Attack } from './attack-shape'
import type { Broken, Figures } from './verdict'

const widths = [20, 16, 20, 20, 12]
const row = (cells: readonly string[], rest: string) =>
  `${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('')}${rest}`

export const heading = row(
  ['attack', 'honest p99 ms', 'files', 'MB', 'newcomer ms'],
  'verdict\n                    before/during   before/peak/after   before/peak/after',
)

/** One line of figures, and one for each bound that was broken. */
export function tableRow({ name, strength }: Attack, figures: Figures, broken: readonly Broken[]): string {
  const { before, during, newcomerMs, resources } = figures
  const three = (of: 'files' | 'memoryMb') =>
    [resources.before, resources.peak, resources.after].map((one) => one[of]).join('/')
  const cells = [
    name,
    `${before.p99Ms}/${during.p99Ms}`,
    three('files'),
    three('memoryMb'),
    newcomerMs === undefined ? '-' : String(newcomerMs),
  ]
  const verdict = broken.length === 0 ? 'held' : 'BROKEN'
  return [row(cells, verdict), `  ${strength}`, ...broken.map(({ words }) => `  BROKEN: ${words}`)].join('\n')
}
