import { expect, test } from 'vitest'
import { foldRoomCode, isRoomCode, roomCodeAlphabet, spacedRoomCode } from '#shared/protocol/room-code'

test('a code has 32 letters and digits to choose from, none of them look alike', () => {
  expect(new Set(roomCodeAlphabet).size).toBe(32)
  expect(roomCodeAlphabet).not.toMatch(/[ILOU]/)
})

test('every code is what folding it gives', () => {
  expect(foldRoomCode(roomCodeAlphabet)).toBe(roomCodeAlphabet)
})

test('what is read aloud or copied with its gap is the same code', () => {
  for (const typed of ['abc234', 'ABC 234', 'abc-234', 'ABC·234', ' abc 234 '])
    expect(foldRoomCode(typed)).toBe('ABC234')
  expect(foldRoomCode('oOiIlL')).toBe('001111')
})

test.each([
  ['ABC23', false],
  ['ABC234', true],
  ['ABC234DEF5', true],
  ['ABC234DEF5678', false],
  ['ABC23!', false],
  ['ABCU34', false],
])('%s is a code: %s', (code, answer) => expect(isRoomCode(code)).toBe(answer))

test('a code is shown in two halves', () => {
  expect(spacedRoomCode('ABC234')).toBe('ABC 234')
  expect(spacedRoomCode('ABC234DEF5')).toBe('ABC23 4DEF5')
})
