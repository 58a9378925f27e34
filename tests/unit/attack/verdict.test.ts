import { expect, test } from 'vitest'
import { figuresOf } from '../../attack/honest/figures'
import { bounds, isCalm, onlyTimes, verdictOf, type Figures } from '../../attack/verdict'

const resources = { files: 40, memoryMb: 120, threads: 12 }
const held: Figures = {
  before: { p99Ms: 20, sent: 20, lost: 0, lateMs: 2 },
  during: { p99Ms: 250, sent: 30, lost: 0, lateMs: 2 },
  newcomerMs: 300,
  newcomersRefused: [],
  resources: { before: resources, peak: { files: 340, memoryMb: 300, threads: 16 }, after: resources },
  errors: [],
  stop: { exitCode: 0, ms: 700 },
  own: [],
}
const after = (more: Partial<typeof resources>): Partial<Figures> => ({
  resources: { ...held.resources, after: { ...resources, ...more } },
})
const peak = (more: Partial<typeof resources>): Partial<Figures> => ({
  resources: { ...held.resources, peak: { ...resources, ...more } },
})

test('an attack that breaks no bound was held off', () => {
  expect(verdictOf(held)).toEqual([])
})

const breaking: readonly [string, Partial<Figures>, string][] = [
  [
    'slow honest messages',
    { during: { p99Ms: 251, sent: 30, lost: 0, lateMs: 2 } },
    'honest: honest p99 251 ms, 250 allowed',
  ],
  ['a lost message', { during: { p99Ms: 9, sent: 30, lost: 1, lateMs: 2 } }, 'honest: 1 of 30 honest messages lost'],
  ['silence', { during: { p99Ms: 0, sent: 0, lost: 0, lateMs: 2 } }, 'honest: nothing honest was sent meanwhile'],
  ['a refused newcomer', { newcomersRefused: ['no page'] }, 'newcomers: a newcomer did not get in: no page'],
  ['no newcomer', { newcomerMs: undefined }, 'newcomers: no newcomer got in'],
  ['a slow newcomer', { newcomerMs: 5_001 }, 'newcomers: a newcomer waited 5001 ms'],
  ['files left open', after({ files: 53 }), 'files: 13 files left open'],
  [
    'too many files',
    peak({ files: 41 + bounds.filesPeak }),
    `files: ${41 + bounds.filesPeak} files open at its height`,
  ],
  ['memory that stays', after({ memoryMb: 249 }), 'memory: 249 MB after it'],
  ['too much memory', peak({ memoryMb: 421 }), 'memory: 421 MB at its height'],
  ['threads that stay', after({ threads: 17 }), 'threads: 17 threads after it'],
  ['a bug', { errors: ['it died with 1'] }, 'alive: 1 errors, the first: it died with 1'],
  ['a wrong end', { stop: { exitCode: 1, ms: 9 } }, 'stop: it stopped with 1'],
  ['a slow end', { stop: { exitCode: 0, ms: 2_001 } }, 'stop: it took 2001 ms to stop'],
  ['what the attack saw', { own: ['the room is too large'] }, 'own: the room is too large'],
]

test.each(breaking)('%s breaks a bound', (_, figures, expected) => {
  const broken = verdictOf({ ...held, ...figures })
  expect(broken.map(({ bound, words }) => `${bound}: ${words}`)).toEqual([expected])
})

test('where the machine is slow without an attack, more is allowed', () => {
  const during = { p99Ms: 500, sent: 30, lost: 0, lateMs: 2 }
  const words = (figures: Partial<Figures>) => verdictOf({ ...held, ...figures }).map((one) => one.words)
  expect(words({ during })).toEqual(['honest p99 500 ms, 250 allowed'])
  expect(words({ during, before: { ...held.before, p99Ms: 170 } })).toEqual([])
  expect(words({ during: { ...during, lateMs: 50 } })).toEqual([])
})

test('a server is calm again once it holds about what it held', () => {
  expect(isCalm(resources, { ...resources, files: resources.files + bounds.filesLeft })).toBe(true)
  expect(isCalm(resources, { ...resources, files: resources.files + bounds.filesLeft + 1 })).toBe(false)
})

test('only times are worth a second look', () => {
  const slow = { bound: 'honest', words: 'honest p99 251 ms', isTime: true } as const
  expect(onlyTimes([slow])).toBe(true)
  expect(onlyTimes([slow, { bound: 'files', words: '13 files left open' }])).toBe(false)
  expect(onlyTimes([])).toBe(false)
})

test('the slowest of a hundred may be slow', () => {
  const quick = Array.from({ length: 99 }, () => 10)
  expect(figuresOf([...quick, 900], 0, [2])).toEqual({ p99Ms: 10, sent: 100, lost: 0, lateMs: 2 })
  expect(figuresOf([...quick.slice(1), 900, 900], 1, [2])).toEqual({ p99Ms: 900, sent: 101, lost: 1, lateMs: 2 })
})
