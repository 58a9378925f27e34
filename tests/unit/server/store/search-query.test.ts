import { describe, expect, test } from 'vitest'
import { isNamed, readSearch } from '../../../../src/server/store/search-query'

const at = (date: string) => Date.parse(`${date}T00:00:00Z`)
const none = { from: [], within: [], hasFile: false, before: undefined, after: undefined }

describe('a search', () => {
  test.each([
    ['tea at four', { words: ['tea', 'at', 'four'] }],
    ['"tea at" four', { words: ['tea at', 'four'] }],
    ['tea from:ada', { words: ['tea'], from: ['ada'] }],
    ['FROM:@ada from:"Grace H"', { words: [], from: ['ada', 'Grace H'] }],
    ['tea has:file', { words: ['tea'], hasFile: true }],
    ['HAS:File', { words: [], hasFile: true }],
    ['has:link', { words: ['has:link'] }],
    ['in:lunch in:"Third floor" tea', { words: ['tea'], within: ['lunch', 'Third floor'] }],
    ['in:', { words: ['in:'] }],
    ['tea before:2026-01-31', { words: ['tea'], before: at('2026-01-31') }],
    ['after:2026-01-31 tea', { words: ['tea'], after: at('2026-02-01') }],
    ['after:2026-01-31 after:2026-03-01', { words: [], after: at('2026-03-02') }],
    ['before:2026-01 tea', { words: ['before:2026-01', 'tea'] }],
    ['before:2026-13-01', { words: ['before:2026-13-01'] }],
    ['tea 🎉 !', { words: ['tea'] }],
  ])('reads %s', (query, wanted) => {
    expect(readSearch(query)).toEqual({ ...none, ...wanted, isAnswerable: true })
  })

  test.each(['🎉', '!', '"', '-- "" …', '🎉 from:ada'])('can find nothing for %s', (query) => {
    expect(readSearch(query).isAnswerable).toBe(false)
  })
})

test('a name is meant by its beginning, or that of a word of it, in any case', () => {
  expect(['gra', 'HOP', 'grace hop', 'Grace Hopper'].every((wanted) => isNamed('Grace Hopper', wanted))).toBe(true)
  expect(['race', 'hopper g', 'ada'].some((wanted) => isNamed('Grace Hopper', wanted))).toBe(false)
})
