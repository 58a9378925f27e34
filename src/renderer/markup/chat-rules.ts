import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { linkAtStart, wordAt } from './links'
import { mentionsIn, type Named } from './mentions'

declare module 'markdown-it' {
  interface Env {
    /** Whose names a text may hold. */
    readonly members?: readonly Named[]
  }
}

const [backslash, colon, at] = [0x5c, 0x3a, 0x40]
const escapable = new Set('*_~`[]>')
const schemeBefore = /(?:^|[^a-z])(https?|mailto)$/i

/** Where chat differs: a path keeps its backslashes, a name its marks; a quote and a list item end with their line. */
export function addChatRules(parser: MarkdownIt) {
  parser.inline.ruler.before('backticks', 'mark_escape', escapeMark)
  parser.inline.ruler.before('backticks', 'bare_link', createBareLink())
  parser.inline.ruler.before('backticks', 'mention', createMention())
  parser.block.ruler.before('paragraph', 'quote_end', (_state, _line, _end, silent) => silent, { alt: ['blockquote'] })
  parser.block.ruler.before('paragraph', 'item_end', endsItem, { alt: ['paragraph'] })
}

function escapeMark(state: StateInline, silent: boolean): boolean {
  const mark = state.src.charAt(state.pos + 1)
  if (state.src.charCodeAt(state.pos) !== backslash || !escapable.has(mark)) return false
  if (!silent) state.pending += mark
  state.pos += 2
  return true
}

const endsItem = (state: StateBlock, line: number, _end: number, silent: boolean): boolean =>
  silent && (state.sCount[line] ?? 0) < state.blkIndent

// A link keeps the marks inside it. Each word is tried once, or a word made of schemes would be read over and over.
function createBareLink() {
  const triedUntil = new WeakMap<StateInline, number>()

  return (state: StateInline, silent: boolean): boolean => {
    if (state.src.charCodeAt(state.pos) !== colon || state.linkLevel > 0 || silent) return false
    if (state.pos < (triedUntil.get(state) ?? 0)) return false
    // What is pending is copied whole by looking at its end: only where the text says that it is worth it.
    if (!schemeBefore.test(state.src.slice(Math.max(0, state.pos - 8), state.pos))) return false
    const scheme = schemeBefore.exec(state.pending.slice(-8))?.[1]
    if (scheme === undefined) return false
    const word = wordAt(state.src, state.pos - scheme.length)
    triedUntil.set(state, state.pos + (word?.length ?? Infinity))
    const link = word === undefined ? undefined : linkAtStart(word)
    if (!link) return false

    state.pending = state.pending.slice(0, -scheme.length)
    const token = state.push('bare_link', '', 0)
    token.content = link.label
    token.attrs = [['href', link.href]]
    state.pos += link.label.length - scheme.length
    return true
  }
}

// A name keeps the marks inside it. All are looked for at once, or a text made of signs would be read over and over.
function createMention() {
  const endsOf = new WeakMap<StateInline, ReadonlyMap<number, number>>()

  function findEnds(state: StateInline) {
    const ends = new Map(mentionsIn(state.src, state.env.members ?? []).map(({ start, end }) => [start, end]))
    endsOf.set(state, ends)
    return ends
  }
  return (state: StateInline, silent: boolean): boolean => {
    if (state.src.charCodeAt(state.pos) !== at) return false
    const end = (endsOf.get(state) ?? findEnds(state)).get(state.pos)
    if (end === undefined || end > state.posMax) return false
    if (!silent) state.pending += state.src.slice(state.pos, end)
    state.pos = end
    return true
  }
}
