import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Vite plugin: `import.meta.url`, `.dirname` and `.filename` keep naming the source file, not the bundle. */
export function keepOwnLocation() {
  return {
    name: 'keep-own-location',
    transform(/** @type {string} */ code, /** @type {string} */ id) {
      const [file = id] = id.split('?')
      if (!code.includes('import.meta.') || file.includes('node_modules')) return undefined
      const locations = /** @type {Record<string, string>} */ ({
        url: pathToFileURL(file).href,
        dirname: dirname(file),
        filename: file,
      })
      return {
        code: code.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) => JSON.stringify(locations[name])),
        map: null,
      }
    },
  }
}
