import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openParlor } from '../support/open-parlor'

const script = join(import.meta.dirname, 'independent-client.py')
// Debian's own Python, which is the one that finds python3-socketio.
const python = process.env['PARLOR_PYTHON'] ?? '/usr/bin/python3'

interface Step {
  step: string
  value: { ok?: boolean; value?: Record<string, unknown>; error?: unknown }
}

test('python3-socketio creates, joins, is refused a taken name, sends once, reads back and leaves', async () => {
  const parlor = await openParlor()
  const { stdout } = await promisify(execFile)(python, [script, parlor.url], { timeout: 60_000 })
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Step)
  const values = (name: string) => steps.filter(({ step }) => step === name).map(({ value }) => value)
  const [created] = values('create')
  const [joined] = values('join')
  const [sent] = values('send')
  const roomId = (created?.value?.['room'] as { roomId: string }).roomId
  const grace = joined?.value?.['you'] as { memberId: string }

  expect(created).toMatchObject({ ok: true, value: { you: { name: 'Ada', role: 'host' } } })
  expect(values('taken')).toEqual(Array(4).fill({ ok: false, error: { code: 'name_taken', field: 'name' } }))
  expect(joined).toMatchObject({ ok: true, value: { you: { name: 'Grace', role: 'member' }, messages: [] } })
  expect(values('heard_join')).toEqual([[{ roomId, member: grace }]])

  expect(sent).toMatchObject({ ok: true, value: { message: { seq: 1, text: 'hello from Python' } } })
  expect(values('resend')).toEqual([sent])
  expect(values('conflict')).toMatchObject([{ ok: false, error: { code: 'conflict' } }])
  expect(values('heard_message')).toEqual([[sent?.value]])
  expect(values('history')).toEqual([{ ok: true, value: { messages: [sent?.value?.['message']], hasMore: false } }])

  expect(values('resume')).toMatchObject([{ ok: true, value: { you: grace, messages: [{ seq: 1 }] } }])
  expect(values('leave')).toEqual([{ ok: true, value: {} }])
  expect(values('heard_leave')).toEqual([[{ roomId, memberId: grace.memberId, reason: 'left' }]])
  expect([values('version'), values('foreign_origin')]).toEqual([['refused'], ['refused']])
}, 70_000)
