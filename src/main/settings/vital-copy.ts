import { readIfThere } from './read-if-there'
import { readRecords, snapshotOf, type ReadRecords } from './records'
import { replaceFile } from './replace-file'

const delayMs = 1_000

export interface VitalCopy {
  /** Undefined when there is none that is whole. */
  read: () => ReadRecords | undefined
  write: () => void
  /** Who reads moves a mark every second: that is no reason to write a whole file each time. */
  writeSoon: () => void
}

interface VitalCopyOptions {
  isVital: (key: string) => boolean
  values: () => ReadonlyMap<string, string>
  report: (error: unknown) => void
}

/** A second file of the values that matter most, for the day the first one is damaged. */
export function createVitalCopy(file: string, { isVital, values, report }: VitalCopyOptions): VitalCopy {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: string | undefined
  let hasFailed = false

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const text = snapshotOf(new Map([...values()].filter(([key]) => isVital(key))))
    if (text === last) return
    try {
      replaceFile(file, text)
      last = text
      hasFailed = false
    } catch (error) {
      // A full disk is said once, not every second.
      if (!hasFailed) report(error)
      hasFailed = true
    }
  }

  return {
    write,
    read() {
      const text = readIfThere(file)
      const records = typeof text === 'string' ? readRecords(text) : undefined
      return records?.isWhole ? records : undefined
    },
    writeSoon() {
      timer ??= setTimeout(write, delayMs)
      timer.unref()
    },
  }
}
