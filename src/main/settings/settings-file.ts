import type { TellMishap } from './mishaps'
import { readIfThere } from './read-if-there'
import { replaceFile } from './replace-file'
import { setAside } from './set-aside'
import { areSound, type Stored } from './settings'

export interface StoredSettings {
  /** What stands in the file, as far as it can be read, before what stands in its copy. */
  read: () => readonly Stored[]
  write: (settings: Stored) => void
  /** Something was written once, and cannot be read any more. */
  wasDamaged: boolean
}

interface SettingsFileOptions {
  file: string
  mishap: TellMishap
  report: (error: unknown) => void
}

/** Settings in one file, and in a copy of it for the day it is damaged. */
export function openSettingsFile({ file, mishap, report }: SettingsFileOptions): StoredSettings {
  const copyFile = `${file}.copy`
  const [text, copyText] = [readIfThere(file), readIfThere(copyFile)]
  const [main, copy] = [parse(text), parse(copyText)]
  const wasDamaged = text === undefined ? copy !== undefined : !main || !areSound(main)
  let known: readonly Stored[] = [main, copy].filter((stored) => stored !== undefined)
  // Until the damaged file is safe nothing may take its place.
  let isToBeSetAside = wasDamaged && text !== undefined

  function putAside(): string | undefined {
    if (!isToBeSetAside) return undefined
    const aside = setAside(file)
    isToBeSetAside = false
    return aside
  }

  function write(settings: Stored): void {
    known = [settings]
    try {
      putAside()
      const json = JSON.stringify(settings, undefined, '\t')
      replaceFile(file, json)
      replaceFile(copyFile, json)
    } catch (error) {
      report(error)
    }
  }

  if (wasDamaged) {
    try {
      mishap('settings_damaged', putAside())
    } catch (error) {
      report(error)
      mishap('not_writable')
    }
  }
  return { read: () => known, write, wasDamaged }
}

function parse(text: string | null | undefined): Stored | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Stored) : undefined
  } catch {
    return undefined
  }
}
