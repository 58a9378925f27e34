import { expect, test } from 'vitest'
import { createOutbox } from '../../../src/client/outbox'
import { isUnder } from '../../../src/client/queued'
import { openSaved } from '../../../src/client/saved'
import { message, uuid } from './messages'
import { key, outboxDevice, written } from './outbox-device'

test('what was added is still there after a restart, in order', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  for (const number of [1, 2, 3]) outbox.add(written(number))

  expect(stored()).toEqual([written(1), written(2), written(3)])
})

test('what cannot be kept is not added', () => {
  const { storage } = outboxDevice()
  const saved = openSaved({ ...storage, write: () => expect.fail('disk full') }, () => undefined)
  const outbox = createOutbox(key, { saved, forgetFiles: () => undefined, report: () => undefined })

  expect(() => outbox.add(written(1))).toThrow('disk full')
  expect(outbox.messages()).toEqual([])
})

test('an acknowledged message is off the disk but on the list until it is shown as posted', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  outbox.add(written(1))
  outbox.add(written(2))

  outbox.acknowledge(uuid(1), message(1))
  expect([outbox.messages().length, outbox.next(), stored()]).toEqual([2, written(2), [written(2)]])

  outbox.settle([message(1), message(9)])
  expect(outbox.messages()).toEqual([written(2)])
})

test('a failed message is passed over until it is tried again', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  outbox.add(written(1))
  outbox.add(written(2))

  outbox.fail(uuid(1), 'conflict')
  expect([outbox.next(), stored()[0]]).toEqual([written(2), { ...written(1), failed: 'conflict' }])

  outbox.retry(() => true)
  expect(outbox.next()).toEqual(written(1))
  expect(stored()).toEqual([written(1), written(2)])
})

test('all that is left fails with its room, but for what the server has', () => {
  const { open } = outboxDevice()
  const outbox = open()
  for (const number of [1, 2, 3]) outbox.add(written(number))
  outbox.fail(uuid(1), 'too_large')
  outbox.acknowledge(uuid(3), message(3))

  outbox.failAll('room_not_found')

  expect(outbox.messages().map(({ failed }) => failed)).toEqual(['too_large', 'room_not_found', undefined])
})

test('two tabs that share a storage keep each other’s messages', () => {
  const { open, stored } = outboxDevice()
  const [first, second] = [open(), open()]
  first.add(written(1))
  second.add(written(2))
  first.add(written(3))
  first.settle([message(1)])
  second.fail(uuid(2), 'internal')

  expect(stored()).toEqual([{ ...written(2), failed: 'internal' }, written(3)])
})

test('an empty outbox leaves nothing on the disk', () => {
  const { open, kept } = outboxDevice()
  const outbox = open()
  outbox.add(written(1))
  outbox.discard(isUnder(uuid(1)))

  expect([...kept]).toEqual([])
})

test('messages and changes are sent in the order they were made, also after a restart', () => {
  const { open } = outboxDevice()
  const outbox = open()
  outbox.addChange(7, { kind: 'react', emoji: '👍' })
  outbox.add(written(1))
  outbox.addChange(7, { kind: 'delete' })

  const restarted = open()
  const sent: unknown[] = []
  for (let next = restarted.next(); next; next = restarted.next()) {
    sent.push('seq' in next ? next.change : next.text)
    restarted.acknowledge(next.clientKey, message(7))
  }

  expect(sent).toEqual([{ kind: 'react', emoji: '👍' }, '1', { kind: 'delete' }])
  expect(open().isEmpty()).toBe(true)
})

test('a reaction taken back before it was sent leaves nothing', () => {
  const { open, kept } = outboxDevice()
  const outbox = open()
  outbox.addChange(7, { kind: 'react', emoji: '👍' })
  outbox.addChange(7, { kind: 'react', emoji: '🎉' })
  outbox.addChange(7, { kind: 'unreact', emoji: '👍' })
  expect(outbox.changes()).toEqual([{ seq: 7, change: { kind: 'react', emoji: '🎉' } }])

  outbox.addChange(7, { kind: 'unreact', emoji: '🎉' })
  expect([outbox.isEmpty(), [...kept]]).toEqual([true, []])
})

test('a reaction that may have been sent is taken back by another command', () => {
  const { open } = outboxDevice()
  open().addChange(7, { kind: 'react', emoji: '👍' })

  const restarted = open()
  restarted.addChange(7, { kind: 'unreact', emoji: '👍' })

  expect(restarted.changes()).toEqual([{ seq: 7, change: { kind: 'unreact', emoji: '👍' } }])
})

test('what is on its way is followed, never replaced', () => {
  const { open } = outboxDevice()
  const outbox = open()
  outbox.addChange(7, { kind: 'edit', text: 'one' })
  const end = outbox.ask(outbox.next()?.clientKey ?? uuid(0))
  outbox.addChange(7, { kind: 'edit', text: 'two' })
  outbox.addChange(7, { kind: 'edit', text: 'three' })
  expect(outbox.changes().map(({ change }) => change)).toEqual([
    { kind: 'edit', text: 'one' },
    { kind: 'edit', text: 'three' },
  ])

  end()
  outbox.addChange(7, { kind: 'delete' })
  expect(outbox.changes()).toEqual([{ seq: 7, change: { kind: 'delete' } }])
})

test('a message that is being deleted is not edited any more', () => {
  const outbox = outboxDevice().open()
  outbox.addChange(7, { kind: 'delete' })

  expect(outbox.addChange(7, { kind: 'edit', text: 'too late' })).toBe('conflict')
  expect(outbox.addChange(8, { kind: 'edit', text: 'another' })).toBeUndefined()
  expect(outbox.changes()).toHaveLength(2)
})

test('a change that failed is replaced by the same one again, and taken back by its opposite', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  const failOne = () => {
    const next = outbox.next()
    if (next) outbox.fail(next.clientKey, 'forbidden')
  }
  outbox.addChange(7, { kind: 'pin' })
  failOne()
  expect(stored()).toEqual([{ seq: 7, change: { kind: 'pin' }, failed: 'forbidden' }])

  outbox.addChange(7, { kind: 'pin' })
  expect(outbox.changes()).toEqual([{ seq: 7, change: { kind: 'pin' } }])
  failOne()
  outbox.addChange(7, { kind: 'unpin' })
  expect([outbox.changes(), stored()]).toEqual([[], []])
})

test('a change stays listed until what the server made of it is shown', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  outbox.addChange(7, { kind: 'pin' })
  outbox.acknowledge(outbox.next()?.clientKey ?? uuid(0), message(7, 12))
  outbox.settleAcknowledged(11)
  expect([outbox.changes().length, outbox.next(), stored()]).toEqual([1, undefined, []])

  outbox.settleAcknowledged(12)
  expect(outbox.changes()).toEqual([])
})

test('a message that was never asked for is edited where it is', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  outbox.add(written(1))
  outbox.fail(uuid(1), 'too_large')

  expect([outbox.edit(uuid(1), 'shorter'), outbox.edit(uuid(2), 'nothing')]).toEqual([true, false])
  expect(outbox.next()).toEqual({ ...written(1), text: 'shorter' })
  expect(stored()).toEqual([{ ...written(1), text: 'shorter' }])
})

test('a message edited on its way is changed as soon as its place is known', () => {
  const { open, stored } = outboxDevice()
  const outbox = open()
  outbox.add(written(1))
  outbox.ask(uuid(1))
  outbox.edit(uuid(1), 'better')
  outbox.edit(uuid(1), 'best')
  expect(outbox.messages()).toEqual([{ ...written(1), text: 'best' }])
  expect(open().next()).toEqual({ ...written(1), text: 'best', earlierTexts: ['better', '1'] })

  outbox.settle([{ ...message(4), clientKey: uuid(1), text: '1' }])

  expect(outbox.messages()).toEqual([])
  expect(stored()).toEqual([{ seq: 4, change: { kind: 'edit', text: 'best' } }])
})

test('a message edited on its way that arrived as it is now needs no further change', () => {
  const { open, stored } = outboxDevice()
  open().add(written(1))
  const restarted = open()
  restarted.edit(uuid(1), 'best')

  restarted.settle([{ ...message(4), clientKey: uuid(1), text: 'best' }])

  expect([restarted.isEmpty(), stored()]).toEqual([true, []])
})

test('lists are the same until something in them changes', () => {
  const outbox = outboxDevice().open()
  outbox.add(written(1))
  const [messages, changes] = [outbox.messages(), outbox.changes()]

  outbox.addChange(7, { kind: 'pin' })

  expect([outbox.messages() === messages, outbox.changes() === changes]).toEqual([true, false])
})

test('what the version before this one kept is read without loss', () => {
  const { open, kept, reported } = outboxDevice()
  kept.set(
    `outbox:${key}`,
    JSON.stringify([
      { clientKey: uuid(1), text: 'waiting', writtenAt: 1 },
      { clientKey: uuid(2), text: 'refused', writtenAt: 2, failed: 'too_large' },
    ]),
  )

  expect(open().messages()).toEqual([
    { clientKey: uuid(1), text: 'waiting', writtenAt: 1 },
    { clientKey: uuid(2), text: 'refused', writtenAt: 2, failed: 'too_large' },
  ])
  expect(reported).toEqual([])
})
