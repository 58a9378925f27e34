import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorCodes } from '#shared/protocol/errors'
import { errorWords } from '../../../src/renderer/text/errors'
import { noticeWords, retentionWords } from '../../../src/renderer/text/rooms'

const text = join(import.meta.dirname, '../../../src/renderer/text')

const sentences = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return []
  return value && typeof value === 'object' ? Object.values(value).flatMap(sentences) : []
}

test('every code a server may answer with has a sentence of its own', () => {
  const known = errorCodes.map((code) => errorWords[code])
  expect(new Set(known).size).toBe(errorCodes.length)
  for (const sentence of known) expect(sentence).toMatch(/^[A-Z].*\.$/)
})

test('no words are empty, doubled in space or shouted', async () => {
  const words = await Promise.all(readdirSync(text).map((file): Promise<unknown> => import(join(text, file))))
  expect(sentences(words).length).toBeGreaterThan(200)
  for (const sentence of sentences(words)) expect(sentence).toMatch(/^(?!.*(?: {2}|!))\S.*\S$|^\S$/)
})

test('people are counted, three named at most', () => {
  const { joined, returned } = noticeWords
  expect(joined(['Grace'])).toBe('Grace joined')
  expect(joined(['Grace', 'Ada'])).toBe('Grace and Ada joined')
  expect(joined(['Grace', 'Ada', 'Linus', 'Kat'])).toBe('Grace and 3 others joined')
  expect([returned(['Grace']), returned(['Grace', 'Ada'])]).toEqual(['Grace is back', 'Grace and Ada are back'])
})

test('retention is said in words', () => {
  expect(retentionWords({ days: 1 })).toBe('Kept for 1 day')
  expect(retentionWords({ days: 30 })).toBe('Kept for 30 days')
})
