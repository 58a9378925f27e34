import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { TellMishap } from './mishaps'
import { lineOf, snapshotOf } from './records'
import { recover } from './recover'
import { replaceFile } from './replace-file'
import { setAside } from './set-aside'
import { createVitalCopy } from './vital-copy'

/** Values by key in one file. A write is on disk when it returns; a write that throws has changed nothing. */
export interface Journal {
  read: (key: string) => unknown
  /** `undefined` deletes. */
  write: (key: string, value: unknown) => void
  keys: () => string[]
  /** Rewrites the files, so that nothing deleted or replaced is left in them. What hinders it is reported. */
  compact: () => void
  close: () => void
}

export interface JournalOptions {
  file: string
  /** Which values are also kept in a second file: those without which a person would be a stranger in their rooms. */
  isVital: (key: string) => boolean
  mishap: TellMishap
  report: (error: unknown) => void
}

const compactAboveBytes = 4 * 1024 * 1024

export function openJournal({ file, isVital, mishap, report }: JournalOptions): Journal {
  const copy = createVitalCopy(`${file}.copy`, { isVital, values: () => values, report })
  const found = recover(file, copy.read())
  const { values } = found
  let isToBeSetAside = found.isDamaged && found.isThere
  let isOurs = false
  let open: { descriptor: number; size: number; compactAt: number } | undefined

  let aside: string | undefined

  function keepDamaged(): void {
    if (!isToBeSetAside) return
    aside = setAside(file)
    isToBeSetAside = false
  }

  function reopen(): void {
    letGo()
    const descriptor = openSync(file, 'r+')
    const { size } = fstatSync(descriptor)
    open = { descriptor, size, compactAt: Math.max(compactAboveBytes, size * 4) }
  }

  function rewrite(): void {
    keepDamaged()
    replaceFile(file, snapshotOf(values))
    isOurs = true
    reopen()
  }

  /** What was written stays written, whether or not this goes well. */
  function compact(): void {
    try {
      rewrite()
    } catch (error) {
      report(error)
      goOn()
    }
    copy.write()
  }

  /** The file that stands under the name may be the old one or the new one: each has every value. */
  function goOn(): void {
    letGo()
    if (!isOurs) return
    try {
      reopen()
    } catch (error) {
      report(error)
    }
  }

  /** The next write begins with a whole new file. */
  function letGo(): void {
    if (open) closeSync(open.descriptor)
    open = undefined
  }

  function append(line: string): void {
    if (!open) rewrite()
    const into = open
    if (!into) throw new Error('the journal is not open')
    const { descriptor, size } = into
    const bytes = Buffer.from(line)
    try {
      writeAll(descriptor, bytes, size)
      fdatasyncSync(descriptor)
    } catch (error) {
      takeBack(descriptor, size)
      throw error
    }
    into.size += bytes.length
  }

  function takeBack(descriptor: number, size: number): void {
    try {
      ftruncateSync(descriptor, size)
    } catch {
      letGo()
    }
  }

  function begin(): void {
    try {
      rewrite()
      if (found.isDamaged) mishap('rooms_damaged', aside)
    } catch (error) {
      report(error)
      mishap('not_writable')
    }
    copy.write()
  }
  begin()

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
      if (isVital(key)) copy.writeSoon()
      if (open && open.size > open.compactAt) compact()
    },
    keys: () => [...values.keys()],
    compact,
    close() {
      compact()
      letGo()
    },
  }
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}
