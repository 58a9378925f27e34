import { expect, test } from 'vitest'
import { hueClass, initialsOf } from '../../../src/renderer/avatar'
import { ada, grace } from './support/conversation'

test('initials come from the first and the last word', () => {
  expect(['Ada', 'grace hopper', 'Ada King Lovelace', '  ', '👩‍🚀 crew', 'éva'].map(initialsOf)).toEqual([
    'A',
    'GH',
    'AL',
    '',
    '👩‍🚀C',
    'É',
  ])
})

test('a hue is stable and one of twelve', () => {
  expect(hueClass(ada)).toBe(hueClass(ada))
  expect([hueClass(ada), hueClass(grace), hueClass('')]).toEqual(
    [ada, grace, ''].map(() => expect.stringMatching(/^hue-([0-9]|1[01])$/) as string),
  )
})
