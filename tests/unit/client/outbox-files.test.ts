import { expect, test } from 'vitest'
import type { FileId, Sha256 } from '#shared/protocol/ids'
import type { Outbox } from '../../../src/client/outbox'
import { isUnder, type QueuedFile } from '../../../src/client/queued'
import { message, uuid } from './messages'
import { outboxDevice, written } from './outbox-device'

const fileId = (number: number) => uuid(number) as string as FileId
const file = (number: number, change: Partial<QueuedFile> = {}): QueuedFile => ({
  fileId: fileId(number),
  name: 'plan.pdf',
  type: 'application/pdf',
  size: 10,
  looks: {},
  sha256: 'a'.repeat(64) as Sha256,
  sent: 0,
  state: 'waiting',
  ...change,
})
const withFiles = (number: number, ...files: QueuedFile[]) => ({ ...written(number), files })
const states = (outbox: Outbox) => outbox.files.all().map(({ state }) => state)

test('a message waits for all of its files, and no other message waits for it', () => {
  const { open } = outboxDevice()
  const outbox = open()
  outbox.add(withFiles(1, file(11), file(12)))
  outbox.add(written(2))

  expect(outbox.next()).toEqual(written(2))
  outbox.files.show(fileId(11), { state: 'stored', sent: 10 })
  expect(outbox.next()).toEqual(written(2))
  outbox.files.show(fileId(12), { state: 'stored', sent: 10 })
  expect(outbox.next()?.clientKey).toBe(uuid(1))
})

test('after a restart and over a new link the server is asked again what it has; what is paused stays paused', () => {
  const { open } = outboxDevice()
  const first = open()
  first.add(withFiles(1, file(11), file(12), file(13)))
  first.files.show(fileId(11), { state: 'stored', sent: 10 })
  first.files.show(fileId(12), { state: 'sending', sent: 5 })
  first.files.pause(fileId(11), true)
  first.files.pause(fileId(13), true)
  expect(states(first)).toEqual(['stored', 'sending', 'paused'])

  first.files.startOver()
  expect([states(first), states(open())]).toEqual([
    ['waiting', 'waiting', 'paused'],
    ['waiting', 'waiting', 'paused'],
  ])
})

test('what is failed is not sent, and tried again its files are looked at anew', () => {
  const { open } = outboxDevice()
  const outbox = open()
  outbox.add(withFiles(1, file(11, { state: 'stored' }), file(12)))
  outbox.files.show(fileId(11), { state: 'stored' })
  outbox.fail(uuid(1), 'storage_full')
  expect(outbox.files.toSend()).toEqual([])

  outbox.retry(isUnder(uuid(1)))
  expect(outbox.files.toSend().map((one) => one.fileId)).toEqual([fileId(11), fileId(12)])
})

test('the last file of a message that says nothing takes the message with it, a thumbnail goes with its file', () => {
  const { open, forgotten, stored } = outboxDevice()
  const outbox = open()
  outbox.add({ ...withFiles(1, file(11), file(12, { thumbnailOf: fileId(11) }), file(13)), text: '' })
  outbox.add(withFiles(2, file(21)))

  expect(outbox.files.discard(fileId(11))).toBe(undefined)
  expect(forgotten).toEqual([fileId(11), fileId(12)])
  expect(outbox.files.discard(fileId(13))).toBe(undefined)
  expect(outbox.files.discard(fileId(21))).toBe(undefined)
  expect(outbox.files.discard(fileId(21))).toBe('invalid_request')
  expect([outbox.messages(), stored()]).toEqual([[written(2)], [written(2)]])
  expect(forgotten).toEqual([fileId(11), fileId(12), fileId(13), fileId(21)])
})

test('a file of a message that is on its way cannot be taken out of it', () => {
  const { open, forgotten } = outboxDevice()
  const outbox = open()
  outbox.add(withFiles(1, file(11)))
  const end = outbox.ask(uuid(1))
  expect(outbox.files.discard(fileId(11))).toBe('conflict')
  outbox.acknowledge(uuid(1), message(1))
  end()

  expect(outbox.files.discard(fileId(11))).toBe('conflict')
  expect(forgotten).toEqual([])
  outbox.settle([message(1)])
  expect(forgotten).toEqual([fileId(11)])
})

test('a message may be edited to nothing only beside files, and only until it may have been posted', () => {
  const { open } = outboxDevice()
  const outbox = open()
  outbox.add(withFiles(1, file(11)))
  outbox.add(written(2))

  expect([outbox.edit(uuid(1), ' '), outbox.edit(uuid(2), ' ')]).toEqual([true, false])
  outbox.ask(uuid(1))()
  expect(outbox.edit(uuid(1), '')).toBe(false)
})
