import { expect, test } from 'vitest'
import { sizeOf } from '../../../src/renderer/composables/use-composer'
import { composerWords } from '../../../src/renderer/text/writing'

test('a short message needs no counter', () => {
  expect(sizeOf('hello')).toBeUndefined()
  expect(sizeOf('a'.repeat(3_599))).toBeUndefined()
})

test('near the limit the characters left are counted as a reader counts them', () => {
  expect(sizeOf('a'.repeat(3_950))).toEqual({ words: composerWords.left(50), isOver: false })
  expect(sizeOf(`${'a'.repeat(3_949)}👍🏽`)).toEqual({ words: composerWords.left(50), isOver: false })
  expect(sizeOf('a'.repeat(4_001))).toEqual({ words: composerWords.over(1), isOver: true })
})

test('few characters of many bytes are too long as well', () => {
  expect(sizeOf('👩‍👩‍👧‍👦'.repeat(700))).toEqual({ words: composerWords.overBytes, isOver: true })
})

test('what is far too long is not counted', () => {
  expect(sizeOf('a'.repeat(10_000_000))).toEqual({ words: composerWords.overBytes, isOver: true })
})
