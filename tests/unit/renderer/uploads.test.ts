import { expect, test } from 'vitest'
import type { PendingFile } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { filesSummary, summaryOf } from '../../../src/renderer/conversation/message-summary'
import { uploadOf } from '../../../src/renderer/conversation/uploads'
import { attachmentsOf } from '../../../src/renderer/files/file-kind'

const file = (fileId: string, more: Partial<PendingFile> = {}): PendingFile => ({
  fileId: fileId as FileId,
  name: `${fileId}.png`,
  type: 'image/png',
  looks: { width: 4, height: 3 },
  size: 900,
  sent: 0,
  state: 'waiting',
  ...more,
})

test('a file has come as far as it and its thumbnail have', () => {
  const files = [
    file('a', { sent: 450, state: 'sending' }),
    file('small', { size: 100, sent: 100, state: 'stored', thumbnailOf: 'a' as FileId }),
    file('b', { sent: 900, state: 'stored' }),
  ]
  expect(files.map((one) => uploadOf(one, files)).slice(0, 1)).toEqual([
    { sent: 550, of: 1_000, percent: 55, state: 'sending' },
  ])
  expect(uploadOf(files[2]!, files)).toEqual({ sent: 900, of: 900, percent: 100, state: 'stored' })
  const late = [file('a', { sent: 900, state: 'stored' }), file('small', { size: 100, thumbnailOf: 'a' as FileId })]
  expect(uploadOf(late[0]!, late)).toEqual({ sent: 900, of: 1_000, percent: 90, state: 'sending' })
})

test('a message without words is called by its files', () => {
  const attachments = attachmentsOf([
    file('a'),
    file('b', { name: 'plan.pdf', type: 'application/pdf' }),
    file('c', { type: 'audio/webm', looks: { waveform: [1] } }),
  ])
  expect(filesSummary([])).toBe('')
  expect(attachments.map((one) => filesSummary([one]))).toEqual(['Picture', 'plan.pdf', 'Voice note'])
  expect(summaryOf({ text: '', attachments: [...attachments] })).toBe('Picture and 2 more')
  expect(summaryOf({ text: 'see\nthis', attachments: [...attachments] })).toBe('see this')
})
