import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLog } from '../../../src/main/diagnostics/log'

function logIn() {
  const dir = mkdtempSync(join(tmpdir(), 'parlor-log-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'main.log')
  return { file, before: join(dir, 'main.old.log'), lines: () => readFileSync(file, 'utf8').trim().split('\n') }
}

test('what a server somewhere makes happen all the time is one line', () => {
  const { file, lines } = logIn()
  const log = openLog(file)
  const fault = new Error('reply to join_room')
  for (let n = 0; n < 5_000; n++) log.report(fault)
  for (let n = 0; n < 5_000; n++) log.note('renderer_gone', { reason: 'crashed' })

  expect(lines()).toHaveLength(2)
})

test('the log is two files of 5 MB at most, the newest lines in the first', () => {
  const { file, before, lines } = logIn()
  const full = 'x'.repeat(5 * 1024 * 1024 + 1)
  writeFileSync(file, full)
  writeFileSync(before, 'the one before that')
  openLog(file).note('started')

  expect(lines()).toEqual([expect.stringContaining('started')])
  expect(statSync(before).size).toBe(full.length)
})
