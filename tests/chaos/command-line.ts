import { parseArgs } from 'node:util'

/** A whole number given as `--name N`, or its default. Anything else ends the run with one sentence. */
export function wholeNumber(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`--${name} takes a whole number, not "${given ?? ''}".`)
  return value
}

/** Thrown for a command line that makes no sense. */
export class UsageError extends Error {}

/** Reads `--name value` options and the flag `--json`; `names` are the options allowed. */
export function readOptions<Name extends string>(names: readonly Name[], args = process.argv.slice(2)) {
  const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({ args, options: { ...texts, json: { type: 'boolean' } }, strict: true })
    return { json: values.json === true, values: values as Partial<Record<Name, string>> }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Runs a whole command: one last line of JSON, exit code 1 when a promise is broken, 2 for a wrong command line. */
export async function runCommand(run: () => Promise<{ summary: object; broken: readonly string[] }>): Promise<never> {
  // An interrupted run leaves no server behind: servers go with the process's exit.
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  try {
    const { summary, broken } = await run()
    for (const promise of broken) process.stderr.write(`BROKEN: ${promise}\n`)
    await printLine(JSON.stringify(summary))
    process.exit(broken.length === 0 ? 0 : 1)
  } catch (error) {
    process.stderr.write(
      `${error instanceof UsageError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    )
    process.exit(error instanceof UsageError ? 2 : 1)
  }
}

// A pipe takes its time, and exit does not wait for it.
const printLine = (line: string) =>
  new Promise<void>((resolve) => {
    process.stdout.write(`${line}\n`, () => resolve())
  })
