import type { MemberId } from '#shared/protocol/ids'
import type { EmojiEntry } from '../emoji/emoji-list'
import { everyone, type Named } from '../markup/mentions'

export interface Suggestion {
  readonly key: string
  readonly label: string
  readonly sign?: string
  /** What takes the place of what was typed. */
  readonly text: string
}

/** What was typed before the caret that may be completed: from `start`, `asked` without its sign. */
export interface Asked {
  readonly kind: 'mention' | 'emoji'
  readonly start: number
  readonly asked: string
}

const most = 8
const longestAsked = 40
const mention = /(?:^|[^\p{L}\p{N}])([@＠]([^@＠\n:]{0,32}))$/u
const emoji = /(?:^|[^\p{L}\p{N}:])(:([a-z0-9_+-]{2,32}))$/iu

export function askedBefore(text: string, caret: number): Asked | undefined {
  const before = text.slice(Math.max(0, caret - longestAsked), caret)
  for (const [kind, pattern] of [
    ['emoji', emoji],
    ['mention', mention],
  ] as const) {
    const [, typed, asked] = pattern.exec(before) ?? []
    if (typed !== undefined && asked !== undefined) return { kind, start: caret - typed.length, asked }
  }
  return undefined
}

const spelled = /(?:^|\s)(:([a-z0-9_+-]{2,32}):)$/iu

/** The code of an emoji that was just written out, unless it stands in a block of code. */
export function spelledBefore(text: string, caret: number): { start: number; code: string } | undefined {
  const [, typed, code] = spelled.exec(text.slice(Math.max(0, caret - longestAsked), caret)) ?? []
  const isInCode = text.slice(0, caret).split('```').length % 2 === 0
  return typed === undefined || code === undefined || isInCode ? undefined : { start: caret - typed.length, code }
}

/** The people of a room whose name, or a word of it, begins with what was typed, unless it is all there. */
export function suggestPeople(asked: string, members: readonly Named[], you: MemberId): readonly Suggestion[] {
  const start = asked.toLowerCase()
  const isMeant = (name: string) => name.startsWith(start) || (start !== '' && name.includes(` ${start}`))
  const names = members.filter(({ memberId, name }) => memberId !== you && isMeant(name.toLowerCase()))
  const people = names.map(({ memberId, name }) => ({ key: memberId, label: name, text: `@${name} ` }))
  const all = { key: everyone, label: everyone, text: `@${everyone} ` }
  const found = [...people.sort((a, b) => a.label.localeCompare(b.label)), ...(everyone.startsWith(start) ? [all] : [])]
  // Who has written the whole name wants Enter to send.
  return found.length === 1 && found[0]?.label.toLowerCase() === start ? [] : found.slice(0, most)
}

export const suggestEmoji = (found: readonly EmojiEntry[]): readonly Suggestion[] =>
  found.slice(0, most).map(({ emoji: sign, codes: [code = ''] }) => ({
    key: sign,
    sign,
    label: `:${code}:`,
    text: `${sign} `,
  }))
