import { expect, test } from 'vitest'
import { ackText } from '../../../../src/server/transport/ack-text'

const member = (name: string) => ({ memberId: `id of ${name}`, name, online: true, role: 'member' as const })

test('an ack says the same as plain JSON would, with a member list and without', () => {
  const [ada, grace] = [member('Ada "the first"'), member('Grace')]
  const entry = (members: unknown) => [
    { ok: true, value: { you: ada, members, messages: [{ text: ']}' }], session: 's' } },
  ]
  const acks = [
    entry([]),
    entry([ada]),
    entry([ada, grace]),
    entry([grace, ada]),
    [{ ok: true, value: {} }],
    [{ ok: false, error: { code: 'conflict' } }],
  ]
  expect(acks.map((ack) => JSON.parse(ackText(ack)) as unknown)).toEqual(acks)
})
