import { createHash } from 'node:crypto'

/** What could be read of a text of records. */
export interface ReadRecords {
  values: Map<string, string>
  /** Whether nothing is missing, but for a last write that never finished. */
  isWhole: boolean
}

// Stands first and says how many records follow at least, so that a text that was cut short is noticed.
const headKey = ''

/** One change as a line with a checksum in front, so that a damaged line is noticed. Without `json` it deletes. */
export function lineOf(key: string, json: string | undefined): string {
  const change = JSON.stringify(json === undefined ? [key] : [key, json])
  return `${checksum(change)} ${change}\n`
}

export const snapshotOf = (values: ReadonlyMap<string, string>): string =>
  [[headKey, String(values.size)] as const, ...values].map(([key, json]) => lineOf(key, json)).join('')

export function readRecords(text: string): ReadRecords {
  const values = new Map<string, string>()
  // Whatever follows the last line end is a write that never finished.
  const lines = text.split('\n').slice(0, -1)
  let [read, promised] = [0, 0]
  for (const line of lines) {
    const change = readLine(line)
    if (!change) continue
    read++
    const [key, json] = change
    if (key === headKey) promised = Number(json) + 1
    else if (json === undefined) values.delete(key)
    else values.set(key, json)
  }
  return { values, isWhole: read > 0 && read === lines.length && read >= promised }
}

function readLine(line: string): [string, string?] | undefined {
  const change = line.slice(17)
  return line.slice(0, 16) === checksum(change) ? (JSON.parse(change) as [string, string?]) : undefined
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
