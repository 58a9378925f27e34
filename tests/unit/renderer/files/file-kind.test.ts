import { expect, test } from 'vitest'
import type { OwnFile } from '#shared/bridge'
import { fileTypes } from '#shared/protocol/files'
import type { FileId } from '#shared/protocol/ids'
import { attachmentsOf, kindOf } from '../../../../src/renderer/files/file-kind'
import { fitWithin } from '../../../../src/renderer/files/fit-within'
import { namedType } from '../../../../src/renderer/files/named-type'

test('a file is shown by its type, and a picture only in a size that may be decoded', () => {
  expect(kindOf({ type: 'image/png', width: 8_000, height: 5_000 })).toBe('picture')
  expect(kindOf({ type: 'image/png', width: 8_001, height: 5_000 })).toBe('card')
  expect(kindOf({ type: 'image/png' })).toBe('card')
  expect(kindOf({ type: 'video/mp4' })).toBe('video')
  expect(kindOf({ type: 'audio/mpeg' })).toBe('sound')
  expect(kindOf({ type: 'audio/webm', waveform: [1] })).toBe('voice')
  expect(kindOf({ type: 'video/webm', waveform: [1] })).toBe('voice')
  expect(kindOf({ type: 'application/pdf', waveform: [1], width: 1, height: 1 })).toBe('card')
})

test('every type of the contract has a place on screen', () => {
  expect(fileTypes.map((type) => kindOf({ type }))).not.toContain(undefined)
})

test('by its name alone a file is never a picture', () => {
  expect(namedType('image/png')).toBe('application/octet-stream')
  expect(namedType('image/svg+xml')).toBe('application/octet-stream')
  expect(namedType('text/html')).toBe('application/octet-stream')
  expect(namedType('audio/webm;codecs=opus')).toBe('audio/webm')
  expect(namedType('audio/x-m4a')).toBe('audio/mp4')
})

test('a thumbnail stands with its picture, not by itself', () => {
  const own = (fileId: string, more: Partial<OwnFile> = {}): OwnFile => ({
    fileId: fileId as FileId,
    name: `${fileId}.png`,
    type: 'image/png',
    size: 9,
    looks: { width: 4, height: 3 },
    ...more,
  })
  const files = [own('a'), own('small', { thumbnailOf: 'a' as FileId }), own('b')]
  expect(attachmentsOf(files)).toEqual([
    { fileId: 'a', name: 'a.png', type: 'image/png', size: 9, width: 4, height: 3, thumbnailId: 'small' },
    { fileId: 'b', name: 'b.png', type: 'image/png', size: 9, width: 4, height: 3 },
  ])
})

test('a picture is made to fit, never enlarged, never flattened to nothing', () => {
  expect(fitWithin({ width: 1_600, height: 900 }, { width: 400, height: 320 })).toEqual({ width: 400, height: 225 })
  expect(fitWithin({ width: 16, height: 16 }, { width: 400, height: 320 })).toEqual({ width: 16, height: 16 })
  expect(fitWithin({ width: 100_000, height: 1 }, { width: 400, height: 320 })).toEqual({ width: 400, height: 1 })
})
