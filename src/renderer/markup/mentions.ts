import type { Member } from '#shared/protocol/entities'
import type { MemberId } from '#shared/protocol/ids'

export type Named = Pick<Member, 'memberId' | 'name'>

/** `memberId` is absent where everyone is meant. */
export interface Mention {
  readonly start: number
  readonly end: number
  readonly memberId?: MemberId
}

export const everyone = 'everyone'
const signs = /[@＠]/
const sign = new RegExp(`(?<![\\p{L}\\p{N}])${signs.source}`, 'gu')
const goesOn = /^[\p{L}\p{N}\p{M}]/u
const codes = /```[^]*?(?:```|$)|`[^`\n]*`/g

/** Who is meant by name in a text: the longest name that fits, in any case. */
export function mentionsIn(text: string, members: readonly Named[]): readonly Mention[] {
  if (!signs.test(text)) return []
  const [found, names, folded]: [Mention[], Names, string] = [[], namesOf(members), fold(text)]
  for (const { index: start } of text.matchAll(sign)) {
    if (start < (found.at(-1)?.end ?? 0)) continue
    const length = names.lengths.find(
      (long) => names.whose.has(folded.slice(start + 1, start + 1 + long)) && endsAt(text, start + 1 + long),
    )
    if (length === undefined) continue
    const place = { start, end: start + 1 + length }
    const memberId = names.whose.get(folded.slice(start + 1, place.end))
    found.push(memberId === undefined ? place : { ...place, memberId })
  }
  return found
}

/** Whether a message means `me`: by name, or with everyone. Code means nobody. */
export function mentionsMe(text: string, me: MemberId, members: readonly Named[]): boolean {
  if (!signs.test(text)) return false
  const said = text.replace(codes, ' ')
  return mentionsIn(said, members).some(({ memberId }) => memberId === undefined || memberId === me)
}

/** Whether a message means everybody in the room. */
export const mentionsEveryone = (text: string): boolean =>
  mentionsIn(text.replace(codes, ' '), []).some(({ memberId }) => memberId === undefined)

/** Folded names, and their lengths, the longest first: however many people there are, a text asks for each length once. */
interface Names {
  readonly whose: ReadonlyMap<string, MemberId | undefined>
  readonly lengths: readonly number[]
}
const known = new WeakMap<readonly Named[], Names>()

function namesOf(members: readonly Named[]): Names {
  const before = known.get(members)
  if (before) return before
  const whose = new Map<string, MemberId | undefined>(members.map(({ name, memberId }) => [fold(name), memberId]))
  whose.set(everyone, undefined)
  const lengths = [...new Set([...whose.keys()].map((name) => name.length))].sort((a, b) => b - a)
  const names = { whose, lengths }
  known.set(members, names)
  return names
}

// A place in the folded text is the same place in the text.
const fold = (text: string): string =>
  text.replace(/[^]/gu, (character) => {
    const lower = character.toLowerCase()
    return lower.length === character.length ? lower : character
  })

const endsAt = (text: string, at: number): boolean => !goesOn.test(text.slice(at, at + 2))
