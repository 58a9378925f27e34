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
    const fits = names
      .get(folded.charAt(start + 1))
      ?.find(({ name }) => folded.startsWith(name, start + 1) && endsAt(text, start + 1 + name.length))
    if (!fits) continue
    const place = { start, end: start + 1 + fits.name.length }
    found.push(fits.memberId === undefined ? place : { ...place, memberId: fits.memberId })
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

type Names = ReadonlyMap<string, readonly { name: string; memberId: MemberId | undefined }[]>
const known = new WeakMap<readonly Named[], Names>()

/** Names by their first character, the longest first. */
function namesOf(members: readonly Named[]): Names {
  const before = known.get(members)
  if (before) return before
  const all: { name: string; memberId: MemberId | undefined }[] = [
    { name: everyone, memberId: undefined },
    ...members.map(foldedName),
  ]
  const byFirst = new Map<string, { name: string; memberId: MemberId | undefined }[]>()
  for (const one of all.sort((a, b) => b.name.length - a.name.length)) {
    const first = one.name.charAt(0)
    byFirst.set(first, [...(byFirst.get(first) ?? []), one])
  }
  known.set(members, byFirst)
  return byFirst
}

const foldedName = ({ name, memberId }: Named) => ({ name: fold(name), memberId })

// A place in the folded text is the same place in the text.
const fold = (text: string): string =>
  text.replace(/[^]/gu, (character) => {
    const lower = character.toLowerCase()
    return lower.length === character.length ? lower : character
  })

const endsAt = (text: string, at: number): boolean => !goesOn.test(text.slice(at, at + 2))
