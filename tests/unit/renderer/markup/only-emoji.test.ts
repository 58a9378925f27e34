import { expect, test } from 'vitest'
import { isOnlyEmoji } from '../../../../src/renderer/markup/only-emoji'

test.each(['👍', '👍 🎉\n❤️', '👩‍👩‍👧‍👦🇩🇪1️⃣👍🏽', '😀'.repeat(6)])('%s is big', (text) => {
  expect(isOnlyEmoji(text)).toBe(true)
})

test.each(['', ' ', '😀'.repeat(7), '1', '👍 ok', '#', '👍.', 'a'.repeat(9_000)])('%s is not', (text) => {
  expect(isOnlyEmoji(text)).toBe(false)
})
