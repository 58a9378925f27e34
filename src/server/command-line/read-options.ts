import { Argument, Command, Option } from 'commander'
import { defaultPort } from '#shared/address'
import { roomCodeLength } from '#shared/protocol/room-code'
import { limitNames, limitTable, type LimitName, type ServerLimits } from '../limits'
import { defaultDataDir } from './default-data-dir'
import { directory, hostAddress, hostNames, interfaceDir, limitValue, wholeNumber } from './values'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

export interface CommandLine {
  host: string
  port: number
  data: string
  names?: string[]
  web?: string
  logLevel: (typeof logLevels)[number]
  graceSeconds: number
  keepEmptyMinutes: number
  fileDays?: number
  roomCodeLength: number
  limits: Partial<ServerLimits>
}

const copyHelp = `
Copies:
  parlor-server backup   makes a whole copy of a data folder, also while a server uses it
  parlor-server verify   reads a copy or a data folder to the end and says what is in it
  parlor-server restore  puts a copy in place of what a data folder holds
Each explains itself with --help.`

/** Reads arguments and `PARLOR_*` variables; throws a `CommanderError` after writing its sentence or the help. */
export function readCommandLine(argv: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  const program = new Command('parlor-server')
    .description('Runs a Parlor room server. Every option can also be set by the variable named with it.')
    .addArgument(new Argument('[action]', 'what to do').choices(['serve']).default('serve'))
    .addHelpText('after', copyHelp)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(asSentence(text)) })
  for (const option of [...serverOptions(env), ...limitNames.map(limitOption)]) program.addOption(option)

  const read = program.parse(argv, { from: 'user' }).opts<Record<string, unknown>>()
  const changed = limitNames.filter((name) => read[name] !== undefined).map((name) => [name, read[name]] as const)
  const own = Object.entries(read).filter(([name]) => !Object.hasOwn(limitTable, name))
  return { ...(Object.fromEntries(own) as Omit<CommandLine, 'limits'>), limits: Object.fromEntries(changed) }
}

const variable = (flag: string) => `PARLOR_${flag.replaceAll('-', '_').toUpperCase()}`

function serverOptions(env: NodeJS.ProcessEnv): Option[] {
  const option = (flag: string, value: string, words: string) =>
    new Option(`--${flag} <${value}>`, words).env(variable(flag))
  return [
    option('host', 'address', 'address to listen on; 0.0.0.0 is every one of this computer')
      .argParser(hostAddress)
      .default('127.0.0.1'),
    option('port', 'number', 'port to listen on; 0 takes a free one')
      .argParser(wholeNumber(0, 65_535))
      .default(defaultPort),
    option('data', 'dir', 'folder that keeps rooms and messages').argParser(directory).default(defaultDataDir(env)),
    option('names', 'a,b', "host names people may use, besides this computer's own").argParser(hostNames),
    option('web', 'dir', 'folder with the built interface for browsers').argParser(interfaceDir),
    option('log-level', 'level', 'how much to log, on stderr').choices(logLevels).default('info'),
    option('grace-seconds', 'number', 'seconds a lost connection is not yet a leave')
      .argParser(wholeNumber(0, 86_400))
      .default(30),
    option('keep-empty-minutes', 'number', 'minutes a room outlives its last person, unless it says otherwise')
      .argParser(wholeNumber(1, 525_600))
      .default(10),
    option('file-days', 'number', 'days a file is kept after it was sent; as long as its message unless set').argParser(
      wholeNumber(1, 36_500),
    ),
    option('room-code-length', 'number', 'characters of a new room code; use 10 where strangers can connect')
      .argParser(wholeNumber(roomCodeLength.least, roomCodeLength.most))
      .default(roomCodeLength.least),
  ]
}

function limitOption(name: LimitName): Option {
  const {
    standard,
    words,
    canBeOff = false,
  }: { standard: number; words: string; canBeOff?: boolean } = limitTable[name]
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return new Option(`--${flag} <number>`, `${words} (default: ${standard}${canBeOff ? '; or off' : ''})`)
    .env(variable(flag))
    .argParser(limitValue(canBeOff))
}

/** `error: option … is invalid. it must …` as the one sentence a person needs. */
export function asSentence(text: string): string {
  const sentence = text.replace(/^error: /, '').replace(' is invalid. ', ' is invalid: ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
}
