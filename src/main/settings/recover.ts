import { readIfThere } from './read-if-there'
import { readRecords, type ReadRecords } from './records'

interface Recovered {
  values: Map<string, string>
  isThere: boolean
  isDamaged: boolean
}

/** What is in a journal: of a damaged one every whole record, and from its copy what matters most. */
export function recover(file: string, copy: ReadRecords | undefined): Recovered {
  const text = readIfThere(file)
  // Earlier versions left an empty file where nothing was kept, and no copy.
  if ((text === undefined || text === '') && !copy) {
    return { values: new Map(), isThere: text !== undefined, isDamaged: false }
  }
  const { values, isWhole } = readRecords(text ?? '')
  if (isWhole) return { values, isThere: true, isDamaged: false }
  return { values: new Map([...values, ...(copy?.values ?? [])]), isThere: text !== undefined, isDamaged: true }
}
