import { parseArgs } from 'node:util'
import { runCommand, UsageError, wholeNumber } from '../chaos/command-line'
import type { Attack } from './attack-shape'
import { attacks } from './attacks/attacks'
import { startHonest } from './honest/start-honest'
import { perform, type Performing } from './stage/perform'
import { strongServer, weakServer } from './stage/servers'
import { heading, tableRow } from './table'
import { onlyTimes, verdictOf, type Broken } from './verdict'

const options = readOptions()
const say = (line: string) => void (options.json ? process.stderr : process.stdout).write(`${line}\n`)

void runCommand(async () => {
  const seconds = wholeNumber('seconds', options.seconds, options.short ? 2 : 20)
  const chosen = choose(options)
  const honest = startHonest()
  const failed: string[] = []
  say(heading)
  try {
    for (const attack of chosen) {
      const server = options.control ? weakServer : strongServer
      const performing = { honest, server, isShort: options.short, lastsMs: seconds * 1_000 }
      const fault = await judge(attack, performing).catch((error: unknown) => `it could not be run: ${String(error)}`)
      if (fault === undefined) continue
      failed.push(`${attack.name}: ${fault}`)
      say(`  FAILED: ${attack.name}: ${fault}`)
    }
  } finally {
    honest.stop()
  }
  const passed = chosen.length - failed.length
  say(`${passed} of ${chosen.length} ${options.control ? 'weak servers found out' : 'attacks held off'}`)
  if (options.json) countLines(passed, failed.length)
  return { summary: { attacks: chosen.length, passed, failed: failed.length }, broken: failed }
})

/** What is wrong with a server that should hold, or with a weak one that did. */
async function judge(attack: Attack, performing: Performing): Promise<string | undefined> {
  const look = async () => {
    const figures = await perform(attack, performing)
    const broken = verdictOf(figures)
    say(tableRow(attack, figures, broken))
    return broken
  }
  const broken = await look()
  if (options.control) return controlFault(attack, broken)
  // Too slow for whatever else the machine did at that moment is not too slow twice.
  return faultOf(onlyTimes(broken) ? await look() : broken)
}

const faultOf = (broken: readonly Broken[]): string | undefined =>
  broken.length === 0 ? undefined : broken.map(({ words }) => words).join('; ')

/** A control on which nothing breaks proves that the attack finds nothing. */
const controlFault = ({ weak }: Attack, broken: readonly Broken[]): string | undefined =>
  broken.some(({ bound }) => weak.breaks.includes(bound))
    ? undefined
    : `the weak server held (${weak.breaks.join(' or ')} was to break)`

/** As Playwright prints them: what counts the tests of `npm test` reads those lines. */
function countLines(passed: number, failed: number) {
  process.stdout.write(`  ${passed} passed\n`)
  if (failed > 0) process.stdout.write(`  ${failed} failed\n`)
}

interface Choice {
  only?: string | undefined
  short: boolean
}

function choose({ only, short }: Choice): readonly Attack[] {
  if (only === undefined) return attacks.filter(({ isLong }) => !short || isLong !== true)
  const chosen = attacks.filter(({ name }) => only.split(',').includes(name))
  if (chosen.length === 0) throw new UsageError(`--only knows ${attacks.map(({ name }) => name).join(', ')}.`)
  return chosen
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'boolean', default: false },
        short: { type: 'boolean', default: false },
        control: { type: 'boolean', default: false },
      },
      strict: true,
    })
    return values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}
