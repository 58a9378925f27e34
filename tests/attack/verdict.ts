import { limitTable } from '../../src/server/limits'
import type { HonestFigures } from './honest/figures'
import type { Resources } from './watch/resources'

/** What an attack may not do, however strong it is. */
export const bounds = {
  honestP99Ms: 250,
  /** Where the machine is slow without any attack, what it was slowed down by. */
  honestTimes: 3,
  newcomerMs: 5_000,
  recoveryMs: 30_000,
  stopMs: 2_000,
  /** Files and sockets open during the attack: what is allowed of connections, and some files. */
  filesPeak: limitTable.connections.standard + 150,
  /** Left over after it, of what was not open before. */
  filesLeft: 12,
  memoryPeakMb: 300,
  /** V8 keeps some of the heap that a storm made it take. */
  memoryLeftMb: 128,
  threadsLeft: 4,
}

export type Bound = 'honest' | 'newcomers' | 'files' | 'memory' | 'threads' | 'stop' | 'alive' | 'own'

export interface Broken {
  bound: Bound
  words: string
  /** It took too long, which may be what else the machine does. */
  isTime?: true
}

export interface Figures {
  before: HonestFigures
  during: HonestFigures
  /** The slowest newcomer's way in, while it lasted and after it; undefined: nobody tried. */
  newcomerMs: number | undefined
  newcomersRefused: readonly string[]
  resources: { before: Resources; peak: Resources; after: Resources }
  /** What the server reported as bugs, or died of. */
  errors: readonly string[]
  stop: { exitCode: number | null; ms: number }
  /** What the attack itself looked at. */
  own: readonly string[]
}

// Speaker, server, writer, server, listener: each has to wake up.
const wakings = 5
const quietMs = 20

/** On a machine that is busy with something else, which an idle process sees, a message is late without any attack. */
function honestMost({ before, during }: Pick<Figures, 'before' | 'during'>): number {
  const late = during.lateMs > quietMs ? during.lateMs * wakings : 0
  return Math.max(bounds.honestP99Ms + late, bounds.honestTimes * before.p99Ms)
}

/** Which bounds an attack broke, in words; none: the server held. */
export function verdictOf(figures: Figures): readonly Broken[] {
  const broken: Broken[] = []
  const must = (isKept: boolean, bound: Bound, words: string) => {
    if (!isKept) broken.push({ bound, words })
  }
  const mustTake = (ms: number, mostMs: number, bound: Bound, words: string) => {
    if (ms > mostMs) broken.push({ bound, words, isTime: true })
  }
  const { during, newcomersRefused, newcomerMs, resources, errors, stop, own } = figures
  const { before, peak, after } = resources

  must(errors.length === 0, 'alive', `${errors.length} errors, the first: ${errors[0] ?? ''}`)
  must(during.sent > 0, 'honest', 'nothing honest was sent meanwhile')
  must(during.lost === 0, 'honest', `${during.lost} of ${during.sent} honest messages lost`)
  mustTake(during.p99Ms, honestMost(figures), 'honest', `honest p99 ${during.p99Ms} ms, ${honestMost(figures)} allowed`)
  must(newcomersRefused.length === 0, 'newcomers', `a newcomer did not get in: ${newcomersRefused[0] ?? ''}`)
  must(newcomerMs !== undefined || newcomersRefused.length > 0, 'newcomers', 'no newcomer got in')
  mustTake(newcomerMs ?? 0, bounds.newcomerMs, 'newcomers', `a newcomer waited ${newcomerMs ?? 0} ms`)
  must(peak.files - before.files <= bounds.filesPeak, 'files', `${peak.files} files open at its height`)
  must(after.files - before.files <= bounds.filesLeft, 'files', `${after.files - before.files} files left open`)
  must(peak.memoryMb - before.memoryMb <= bounds.memoryPeakMb, 'memory', `${peak.memoryMb} MB at its height`)
  must(after.memoryMb - before.memoryMb <= bounds.memoryLeftMb, 'memory', `${after.memoryMb} MB after it`)
  must(after.threads - before.threads <= bounds.threadsLeft, 'threads', `${after.threads} threads after it`)
  must(stop.exitCode === 0, 'stop', `it stopped with ${stop.exitCode ?? 'a signal'}`)
  mustTake(stop.ms, bounds.stopMs, 'stop', `it took ${stop.ms} ms to stop`)
  for (const words of own) must(false, 'own', words)
  return broken
}

/** Whether a busy machine may be all that was wrong. */
export const onlyTimes = (broken: readonly Broken[]): boolean =>
  broken.length > 0 && broken.every(({ isTime }) => isTime === true)

/** Whether what an attack left behind is gone. */
export const isCalm = (before: Resources, now: Resources): boolean =>
  now.files - before.files <= bounds.filesLeft &&
  now.memoryMb - before.memoryMb <= bounds.memoryLeftMb &&
  now.threads - before.threads <= bounds.threadsLeft
