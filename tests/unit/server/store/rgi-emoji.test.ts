import { expect, test } from 'vitest'
import { emojiTable } from '../../../../src/renderer/emoji/emoji-table'
import { rgiEmoji } from '../../../../src/server/store/rgi-emoji'

test('every emoji that can be picked is one', () => {
  // An empty line ends a group.
  const picked = emojiTable
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '')
  expect(picked.length).toBeGreaterThan(1_000)
  expect(picked.filter((emoji) => rgiEmoji(emoji) === undefined)).toEqual([])
})

test.each([
  ['❤', '❤\uFE0F'],
  ['👍\uFE0F', '👍'],
  ['1\u20E3', '1\uFE0F\u20E3'],
  ['🏳\u200D🌈', '🏳\uFE0F\u200D🌈'],
  ['☝🏽', '☝🏽'],
  ['🇩🇪', '🇩🇪'],
])('%s has one spelling', (emoji, whole) => expect(rgiEmoji(emoji)).toBe(whole))

test.each(['1', 'a', '', '👍👍', '👍\u{E0061}', '👍\u200D👍', '🇩', '🇽🇽', '👍\u200D'])('%j is none', (text) =>
  expect(rgiEmoji(text)).toBeUndefined(),
)
