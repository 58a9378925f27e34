import { stripVTControlCharacters } from 'node:util'

/**
 * How many tests a step's output reports. A step that counts nothing is one check.
 * @param {string} output
 * @param {number} exitCode
 */
export function countTests(output, exitCode) {
  const lines = stripVTControlCharacters(output).split('\n')
  const counted = lines.map(vitestLine).concat(lines.map(playwrightLine))
  const passed = counted.reduce((sum, line) => sum + line.passed, 0)
  const failed = counted.reduce((sum, line) => sum + line.failed, 0)
  if (exitCode !== 0) return { passed, failed: Math.max(1, failed) }
  return passed === 0 ? { passed: 1, failed: 0 } : { passed, failed }
}

/** `      Tests  1 failed | 12 passed (13)` @param {string} line */
const vitestLine = (line) =>
  /^\s+Tests\s/.test(line) ? { passed: count(line, 'passed'), failed: count(line, 'failed') } : none

/** `  3 passed (12.4s)`, each on a line of its own @param {string} line */
const playwrightLine = (line) => ({
  passed: /^ {2}\d+ passed( \(|$)/.test(line) ? count(line, 'passed') : 0,
  failed: /^ {2}\d+ failed$/.test(line) ? count(line, 'failed') : 0,
})

const none = { passed: 0, failed: 0 }

/** @param {string} line @param {'passed' | 'failed'} word */
const count = (line, word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0)
