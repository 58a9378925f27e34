import { Command } from 'commander'
import { makeFullBackup } from '../copies/full-backup'
import { restoreCopy } from '../copies/restore-copy'
import { isComplete, verifyCopy } from '../copies/verify-copy'
import { StartError } from '../start-error'
import { startErrorOf } from '../store/sqlite/start-error-of'
import { CopyError } from '../copies/copy-error'
import { copySentences, madeSentence, restoredSentence, verdictLines } from './copy-sentences'
import { defaultDataDir } from './default-data-dir'
import { asSentence } from './read-options'
import { startSentences } from './start-sentences'
import { directory } from './values'

const names = ['backup', 'verify', 'restore'] as const
export type CopyCommand = (typeof names)[number]

export const isCopyCommand = (name: string | undefined): name is CopyCommand =>
  names.some((command) => command === name)

interface Output {
  say: (line: string) => void
  complain: (line: string) => void
}

/** Runs `backup`, `verify` or `restore`; answers the exit code. Throws a `CommanderError` about the arguments. */
export async function runCopyCommand(argv: readonly string[], env: NodeJS.ProcessEnv, output: Output): Promise<number> {
  let code = 0
  const program = new Command('parlor-server')
  const add = (name: CopyCommand, words: string) => program.command(name).description(words)
  const withData = (command: Command) =>
    command.option(
      '--data <dir>',
      'the data folder (env: PARLOR_DATA)',
      directory,
      env['PARLOR_DATA'] || defaultDataDir(env),
    )

  withData(add('backup', 'Makes a whole copy of a data folder: rooms, messages, their key and all files.'))
    .option('--to <dir>', "the folder to make it in, the data folder's backups unless told", directory)
    .action(async ({ data, to }: { data: string; to?: string }) => {
      code = await attempt(data, output, async () => {
        const made = await makeFullBackup({ dataDir: data, ...(to !== undefined && { to }), now: Date.now() })
        output.say(madeSentence(made))
        return 0
      })
    })
  add('verify', 'Reads a backup or a data folder to the end and says what is in it and what is missing.')
    .argument('<path>', 'a backup or a data folder', directory)
    .action(async (path: string) => {
      code = await attempt(path, output, async () => {
        const verdict = await verifyCopy(path)
        for (const line of verdictLines(verdict)) output.say(line)
        return isComplete(verdict) ? 0 : 1
      })
    })
  withData(add('restore', 'Puts a backup in place of what a data folder holds, and keeps that aside.'))
    .argument('<backup>', 'a backup', directory)
    .action(async (from: string, { data }: { data: string }) => {
      code = await attempt(data, output, async () => {
        const restored = await restoreCopy(from, data, Date.now())
        output.say(restoredSentence(from, data, restored))
        return 0
      })
    })
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ outputError: (text, write) => write(asSentence(text)) })
  await program.parseAsync(argv, { from: 'user' })
  return code
}

async function attempt(data: string, { complain }: Output, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    complain(sentenceFor(error, data))
    return 1
  }
}

function sentenceFor(error: unknown, data: string): string {
  if (error instanceof CopyError) return copySentences[error.code](error.what)
  const known = error instanceof StartError ? error : startErrorOf(error, data)
  if (!known) throw error
  return startSentences[known.code]({ data, host: '', port: 0 })
}
