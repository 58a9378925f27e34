import * as v from 'valibot'
import { expect, onTestFinished, test, vi } from 'vitest'
import { limits } from '#shared/protocol/limits'
import { countGraphemes } from '#shared/graphemes'
import { FileName, MessageText, RoomTitle, tooLarge, utf8Length } from '#shared/protocol/text'

const verdict = (text: string) => {
  const read = v.safeParse(MessageText, text)
  return read.success ? 'fine' : read.issues[0].message === tooLarge ? 'too large' : 'refused'
}
const family = '👨‍👩‍👧‍👦'

test('bytes are counted as UTF-8 has them', () => {
  for (const text of ['a', 'é', '€', '😀', family, 'aé€😀']) expect(utf8Length(text)).toBe(Buffer.byteLength(text))
})

const scripts = Array.from('a é\n\r\0漢👩❤🏽🇩🇪คำกำลังยิ้มक्षत्रियক্ষত্রিয়각가각ﾞ𝄞')
const joining = ['\u0301', '\u200D', '\u200C', '\uFE0F', '\u0600', '\u0903', '\u{E0067}', '\u{E007F}', '\uD800']

test('characters are counted as a reader does, in whatever order they come', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const signs = [...scripts, ...joining]
  let seed = 1
  const next = () => signs[(seed = (seed * 48_271) % 2_147_483_647) % signs.length]
  const texts = Array.from({ length: 5_000 }, () => Array.from({ length: 8 }, next).join(''))

  expect(countGraphemes(`a${family}é`)).toBe(3)
  expect(texts.filter((text) => countGraphemes(text) !== Array.from(segmenter.segment(text)).length)).toEqual([])
})

test('counting stops one past the most there may be', () => {
  expect(countGraphemes('x'.repeat(1_000_000), 10)).toBe(11)
})

test('a message has 4,000 characters at most, however many code units those are', () => {
  expect([verdict('é'.repeat(4_001)), verdict('é'.repeat(4_000)), verdict(`${'a'.repeat(3_999)}${family}`)]).toEqual([
    'too large',
    'fine',
    'fine',
  ])
})

test("a file's name is measured by its length before its bytes are counted", () => {
  expect(v.is(FileName, 'é'.repeat(127))).toBe(true)
  expect(v.is(FileName, 'é'.repeat(128))).toBe(false)
  expect(v.is(FileName, 'x'.repeat(60_000))).toBe(false)
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
