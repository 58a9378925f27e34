import { limits } from '#shared/protocol/limits'

/** The most entries of any list a server may hand us: room for the largest crowd and the longest page. */
export const mostEntries = 5_000

/** The most people of one room whose reading is followed: servers tell of it in small rooms only. */
export const mostMarks = 200

/** Whether a value that passed the contract is also of a size an honest server would send. */
export function isBounded(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= limits.messageBytes
  if (Array.isArray(value)) return value.length <= mostEntries && value.every(isBounded)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).every(([name, part]) => isOfLength(name, part) && isBounded(part))
  return true
}

/** Lists of which a message has few. */
const mostOf: Readonly<Record<string, number>> = {
  reactions: limits.emojiPerMessage,
  attachments: limits.filesPerMessage,
}
const isOfLength = (name: string, part: unknown): boolean =>
  !Array.isArray(part) || part.length <= (Object.hasOwn(mostOf, name) ? (mostOf[name] ?? 0) : mostEntries)
