import { limits } from '#shared/protocol/limits'
import type { MessageRow } from '../schema'

// Names of fields, ids and times.
const bytesBesides = 512

export interface PageSize {
  limit: number
  mostBytes?: number
}

/**
 * The rows of one page, out of one more than it may have: as many as fit its bytes, and at least one. A page that a
 * slow reader cannot take before the next announcement would be sent again and again.
 */
export function pageOf(
  rows: readonly MessageRow[],
  { limit, mostBytes = limits.pageBytes }: PageSize,
): { page: readonly MessageRow[]; hasMore: boolean } {
  let bytes = 0
  const beyond = rows.findIndex((row, index) => {
    bytes += bytesOf(row)
    return index > 0 && bytes > mostBytes
  })
  const page = rows.slice(0, Math.min(limit, beyond === -1 ? limit : beyond))
  return { page, hasMore: page.length < rows.length }
}

// As JSON, in which one character of a text may be six.
const bytesOf = ({ text, reactions, attachments }: MessageRow): number =>
  bytesBesides + Buffer.byteLength(JSON.stringify(text)) + lengthOf(reactions) + lengthOf(attachments)

/** What a row takes of a page at the least, without much looking. */
export const leastBytesOf = ({ text }: MessageRow): number => (typeof text === 'string' ? text.length : 0)

// A column of a damaged row may hold anything.
const lengthOf = (json: unknown): number => (typeof json === 'string' ? Buffer.byteLength(json) : 0)
