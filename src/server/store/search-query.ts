/** What somebody typed into a search box. */
export interface SearchQuery {
  /** Something can be found: there is a word to look for, or nothing but filters. */
  isAnswerable: boolean
  words: readonly string[]
  /** Names, or beginnings of them, of whom it may be from. */
  from: readonly string[]
  /** Titles, or beginnings of them, of the rooms it may be in. */
  within: readonly string[]
  hasFile: boolean
  /** Epoch milliseconds: sent earlier than this, or at this or later. */
  before: number | undefined
  after: number | undefined
}

const part = /(?:(?<filter>from|in|has|before|after):)?(?:"(?<quoted>[^"]*)"|(?<plain>\S+))/giu
const date = /^\d{4}-\d\d-\d\d$/
const dayMs = 86_400_000

/** Dates are days in UTC. `before:` is before the day, `after:` after it; a filter that is none yet is a word. */
export function readSearch(query: string): SearchQuery {
  const words: string[] = []
  const from: string[] = []
  const within: string[] = []
  let hasFile = false
  let before: number | undefined
  let after: number | undefined

  // SQLite would take a NUL for the end of it.
  for (const { 0: whole, groups = {} } of query.replaceAll('\0', ' ').matchAll(part)) {
    const value = (groups['quoted'] ?? groups['plain'] ?? '').trim()
    const filter = groups['filter']?.toLowerCase()
    const day = date.test(value) ? Date.parse(value) : Number.NaN
    if (filter === 'from' && value !== '') from.push(value.replace(/^@/, ''))
    else if (filter === 'in' && value !== '') within.push(value.replace(/^#/, ''))
    else if (filter === 'has' && value.toLowerCase() === 'file') hasFile = true
    else if (filter === 'before' && !Number.isNaN(day)) before = Math.min(before ?? Infinity, day)
    else if (filter === 'after' && !Number.isNaN(day)) after = Math.max(after ?? -Infinity, day + dayMs)
    else words.push(groups['filter'] === undefined ? value : whole)
  }
  const findable = words.filter(isWord)
  const isFiltered = from.length + within.length > 0 || hasFile || before !== undefined || after !== undefined
  return {
    isAnswerable: findable.length > 0 || (words.length === 0 && isFiltered),
    words: findable,
    from,
    within,
    hasFile,
    before,
    after,
  }
}

/** The index holds letters and digits: what has none can be found in no message. */
export const isWord = (word: string): boolean => /[\p{L}\p{N}\p{Co}]/u.test(word)

/** Whether a name or a title, or a word of it, begins as asked. */
export function isNamed(name: string, wanted: string): boolean {
  const [known, asked] = [folded(name), folded(wanted)]
  return known.startsWith(asked) || known.split(/[\s._-]+/u).some((word) => word.startsWith(asked))
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase()
