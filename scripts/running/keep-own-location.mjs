import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Vite plugin: `import.meta.url`, `.dirname` and `.filename` keep naming the source file, not the bundle. */
export function keepOwnLocation() {
  return {
    name: 'keep-own-location',
    transform(code, id) {
      const [file] = id.split('?')
      if (!code.includes('import.meta.') || file.includes('node_modules')) return undefined
      const locations = { url: pathToFileURL(file).href, dirname: dirname(file), filename: file }
      return {
        code: code.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) => JSON.stringify(locations[name])),
        map: null,
      }
    },
  }
}
