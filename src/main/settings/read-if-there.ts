import { readFileSync } from 'node:fs'

/** The text of a file; undefined when there is none, null when something is there that cannot be read. */
export function readIfThere(file: string): string | null | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : null
  }
}
