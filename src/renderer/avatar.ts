import { graphemesOf } from '#shared/graphemes'

const hues = 12

/** One of twelve classes, always the same for one id (FNV-1a). */
export function hueClass(id: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return `hue-${(hash >>> 0) % hues}`
}

/** `Grace Hopper` → `GH`, `ada` → `A`. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return picked
    .map((word) => firstGrapheme(word ?? ''))
    .join('')
    .toLocaleUpperCase()
}

function firstGrapheme(word: string): string {
  const [first = ''] = graphemesOf(word)
  return first
}
