import * as v from 'valibot'
import { expect, test } from 'vitest'
import { Emoji } from '#shared/protocol/text'
import { readEmoji } from '../../../scripts/emoji/read-emoji'
import { emojiGroups, findEmoji } from '../../../src/renderer/emoji/emoji-list'
import { emojiTable } from '../../../src/renderer/emoji/emoji-table'
import { emojiWords } from '../../../src/renderer/text/writing'

const codes = (asked: string) => findEmoji(asked, 3).map(({ codes: [code] }) => code)

test('the emoji are those of the package they are made from', () => {
  expect(emojiTable).toBe(readEmoji())
})

test('every emoji that can be picked is one the server takes', () => {
  expect(emojiGroups.flat().filter(({ emoji }) => !v.is(Emoji, emoji))).toEqual([])
  expect(emojiGroups.length).toBe(emojiWords.groups.length)
})

test('emoji are found by code before word, the shortest code first', () => {
  expect(codes('smile')[0]).toBe('smile')
  expect(codes('+1')).toEqual(['+1'])
  expect(findEmoji('thank', 5).length).toBeGreaterThan(0)
  expect(findEmoji('nothing is called that', 5)).toEqual([])
})
