import * as v from 'valibot'
import { expect, onTestFinished, test, vi } from 'vitest'
import { limits } from '#shared/protocol/limits'
import { MessageText, RoomTitle, graphemeCount, tooLarge, utf8Length } from '#shared/protocol/text'

const verdict = (text: string) => {
  const read = v.safeParse(MessageText, text)
  return read.success ? 'fine' : read.issues[0].message === tooLarge ? 'too large' : 'refused'
}
const family = '👨‍👩‍👧‍👦'

test('bytes are counted as UTF-8 has them', () => {
  for (const text of ['a', 'é', '€', '😀', family, 'aé€😀']) expect(utf8Length(text)).toBe(Buffer.byteLength(text))
})

test('characters are counted as a reader does', () => {
  expect(graphemeCount(`a${family}é`)).toBe(3)
})

test('a message may have 4,000 characters and 16 KiB, and not one more', () => {
  expect(verdict('x'.repeat(limits.messageGraphemes))).toBe('fine')
  expect(verdict('x'.repeat(limits.messageGraphemes + 1))).toBe('too large')
  expect(verdict('😀'.repeat(4_000))).toBe('fine')
  expect(verdict(family.repeat(700))).toBe('too large')
})

test('a message says something, in whole characters', () => {
  for (const text of ['', ' \n\t ', '\ud800', 'half \udc00']) expect(verdict(text)).toBe('refused')
  expect(verdict('  two\n  lines ')).toBe('fine')
})

test('a title is one trimmed line', () => {
  expect(v.parse(RoomTitle, '  Lobby ')).toBe('Lobby')
  for (const title of ['two\nlines', 'bell\u0007', 'turned\u202Earound', 'half\ud800', 'x'.repeat(101)]) {
    expect(v.safeParse(RoomTitle, title).success).toBe(false)
  }
})

test('a browser that cannot count characters keeps accents, flags and emoji whole all the same', async () => {
  const { Segmenter } = Intl
  onTestFinished(() => void Object.assign(Intl, { Segmenter }))
  Reflect.deleteProperty(Intl, 'Segmenter')
  vi.resetModules()
  const { graphemesOf } = await import('#shared/graphemes')

  const signs = ['a', 'e\u0301', '\u00E9', '\n', family, '👍🏽', '❤️', '1️⃣', '🇩🇪', '🇫🇷', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '😀']
  expect([...graphemesOf(signs.join(''))]).toEqual(signs)
})
