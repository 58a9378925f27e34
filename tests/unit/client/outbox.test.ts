import { expect, test } from 'vitest'
import type { RoomKey } from '#shared/bridge'
import type { ClientStorage } from '../../../src/client/door'
import { createOutbox } from '../../../src/client/outbox'
import { openSaved } from '../../../src/client/saved'
import { uuid } from './messages'

const key = 'http://192.168.1.5:4545/ABC234' as RoomKey
const written = (number: number) => ({ clientKey: uuid(number), text: `${number}`, writtenAt: number })

function device() {
  const kept = new Map<string, string>()
  const storage: ClientStorage = {
    read: (name) => (JSON.parse(kept.get(name) ?? 'null') as unknown) ?? undefined,
    write(name, value) {
      if (value === undefined) kept.delete(name)
      else kept.set(name, JSON.stringify(value))
    },
  }
  const reported: unknown[] = []
  const open = () =>
    createOutbox(
      key,
      openSaved(storage, (error) => reported.push(error)),
      (error) => reported.push(error),
    )
  return { open, kept, storage, reported, stored: () => open().list() }
}

test('what was added is still there after a restart, in order', () => {
  const { open, stored } = device()
  const outbox = open()
  for (const number of [1, 2, 3]) outbox.add(written(number))

  expect(stored()).toEqual([written(1), written(2), written(3)])
})

test('what cannot be kept is not added', () => {
  const { storage } = device()
  const saved = openSaved({ ...storage, write: () => expect.fail('disk full') }, () => undefined)
  const outbox = createOutbox(key, saved, () => undefined)

  expect(() => outbox.add(written(1))).toThrow('disk full')
  expect(outbox.list()).toEqual([])
})

test('an acknowledged message is off the disk but on the list until it is shown as posted', () => {
  const { open, stored } = device()
  const outbox = open()
  outbox.add(written(1))
  outbox.add(written(2))

  outbox.acknowledge(uuid(1))
  expect([outbox.list().length, outbox.next(), stored()]).toEqual([2, written(2), [written(2)]])

  expect([outbox.settle([uuid(1), uuid(9)]), outbox.settle([uuid(1)])]).toEqual([true, false])
  expect(outbox.list()).toEqual([written(2)])
})

test('a failed message is passed over until it is tried again', () => {
  const { open, stored } = device()
  const outbox = open()
  outbox.add(written(1))
  outbox.add(written(2))

  outbox.fail(uuid(1), 'conflict')
  expect([outbox.next(), stored()[0]]).toEqual([written(2), { ...written(1), failed: 'conflict' }])

  expect([outbox.retry(uuid(1)), outbox.retry(uuid(2)), outbox.next()]).toEqual([true, false, written(1)])
  expect(stored()).toEqual([written(1), written(2)])
})

test('all that is left fails with its room, but for what the server has', () => {
  const { open } = device()
  const outbox = open()
  for (const number of [1, 2, 3]) outbox.add(written(number))
  outbox.fail(uuid(1), 'too_large')
  outbox.acknowledge(uuid(3))

  outbox.failAll('room_not_found')

  expect(outbox.list().map(({ failed }) => failed)).toEqual(['too_large', 'room_not_found', undefined])
})

test('two tabs that share a storage keep each other’s messages', () => {
  const { open, stored } = device()
  const [first, second] = [open(), open()]
  first.add(written(1))
  second.add(written(2))
  first.add(written(3))
  first.settle([uuid(1)])
  second.fail(uuid(2), 'internal')

  expect(stored()).toEqual([{ ...written(2), failed: 'internal' }, written(3)])
})

test('an empty outbox leaves nothing on the disk', () => {
  const { open, kept } = device()
  const outbox = open()
  outbox.add(written(1))
  outbox.discard(uuid(1))

  expect([...kept]).toEqual([])
})
