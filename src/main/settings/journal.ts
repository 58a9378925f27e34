import { createHash } from 'node:crypto'
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { replaceFile } from './replace-file'

/** Values by key in one file. A write is on disk when it returns; a write that throws has changed nothing. */
export interface Journal {
  read: (key: string) => unknown
  /** `undefined` deletes. */
  write: (key: string, value: unknown) => void
  keys: () => string[]
  /** Rewrites the file, so that nothing deleted or replaced is left in it. */
  compact: () => void
  close: () => void
}

const compactAboveBytes = 4 * 1024 * 1024

/** One line per change with a checksum in front, so a torn or damaged line is noticed and left out. */
export function openJournal(file: string, report: (error: unknown) => void): Journal {
  const values = readValues(file, report)
  replaceFile(file, snapshot(values))
  let descriptor = openSync(file, 'r+')
  let size = fstatSync(descriptor).size
  let compactAt = Math.max(compactAboveBytes, size * 4)

  function append(line: string): void {
    const bytes = Buffer.from(line)
    try {
      writeAll(descriptor, bytes, size)
      fdatasyncSync(descriptor)
    } catch (error) {
      ftruncateSync(descriptor, size)
      throw error
    }
    size += bytes.length
  }

  function compact(): void {
    replaceFile(file, snapshot(values))
    closeSync(descriptor)
    descriptor = openSync(file, 'r+')
    size = fstatSync(descriptor).size
    compactAt = Math.max(compactAboveBytes, size * 4)
  }

  return {
    read: (key) => {
      const json = values.get(key)
      return json === undefined ? undefined : (JSON.parse(json) as unknown)
    },
    write(key, value) {
      const json = value === undefined ? undefined : JSON.stringify(value)
      if (json === values.get(key)) return
      append(lineOf(key, json))
      if (json === undefined) values.delete(key)
      else values.set(key, json)
      if (size > compactAt) compact()
    },
    keys: () => [...values.keys()],
    compact,
    close: () => closeSync(descriptor),
  }
}

const lineOf = (key: string, json: string | undefined): string => {
  const change = JSON.stringify(json === undefined ? [key] : [key, json])
  return `${checksum(change)} ${change}\n`
}
const snapshot = (values: ReadonlyMap<string, string>): string =>
  [...values].map(([key, json]) => lineOf(key, json)).join('')
const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

function readValues(file: string, report: (error: unknown) => void): Map<string, string> {
  const values = new Map<string, string>()
  const lines = contents(file).split('\n')
  // Whatever follows the last line end is a write that never finished.
  for (const line of lines.slice(0, -1)) {
    const change = line.slice(17)
    if (line.slice(0, 16) !== checksum(change)) {
      report(new Error('a damaged line in the journal was left out'))
      continue
    }
    const [key, json] = JSON.parse(change) as [string, string?]
    if (json === undefined) values.delete(key)
    else values.set(key, json)
  }
  return values
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}
