import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { isOwnUrl } from './own-origin'

// Everything the build writes is named like this: no dot files, no drive letters, no separators but the slash.
const segment = /^[\w@+~-][\w@+~.-]*$/

/** The file of the bundle a request names, or undefined when it names none. */
export async function bundleFile(bundleDir: string, address: string): Promise<string | undefined> {
  const path = isOwnUrl(address) ? decoded(new URL(address).pathname) : undefined
  if (path === undefined) return undefined
  const segments = path === '/' || path === '' ? ['index.html'] : path.slice(1).split('/')
  if (!segments.every((part) => segment.test(part))) return undefined

  try {
    const [dir, file] = await Promise.all([realpath(bundleDir), realpath(join(bundleDir, ...segments))])
    // A link inside the bundle may lead out of it.
    return file.startsWith(dir + sep) && (await stat(file)).isFile() ? file : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

const missing = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'])
const isMissing = (error: unknown): boolean =>
  error instanceof Error && missing.has((error as NodeJS.ErrnoException).code ?? '')
