import type { Member } from '#shared/protocol/entities'
import type { Reply } from '#shared/protocol/errors'

type Listing = { members: readonly Member[] } & Record<string, unknown>

const texts = new WeakMap<Member, string>()

/** An ack as JSON. Everybody who comes in is told who is here, so each member is encoded once, not once a newcomer. */
export function ackText(data: unknown): string {
  const [reply] = data as [Reply<unknown>]
  if (!reply.ok || !listsMembers(reply.value)) return JSON.stringify(data)
  const { members, ...rest } = reply.value
  const value = JSON.stringify({ ...rest, members: [] })
  return `[{"ok":true,"value":${value.slice(0, -']}'.length)}${members.map(memberText).join(',')}]}}]`
}

const listsMembers = (value: unknown): value is Listing =>
  typeof value === 'object' && value !== null && 'members' in value && Array.isArray(value.members)

function memberText(member: Member): string {
  const known = texts.get(member)
  if (known !== undefined) return known
  const text = JSON.stringify(member)
  texts.set(member, text)
  return text
}
