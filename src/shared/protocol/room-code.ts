/** Crockford's base 32: no I, L, O or U, so a code survives being read aloud. https://www.crockford.com/base32.html */
export const roomCodeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const roomCodeLength = { least: 6, most: 12 } as const

const lookAlikes: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' }
const shape = new RegExp(`^[${roomCodeAlphabet}]{${roomCodeLength.least},${roomCodeLength.most}}$`)

/** What a person typed or pasted, as the code it stands for: upper-case, spaces and dashes dropped, look-alikes folded. */
export const foldRoomCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s·-]/g, '')
    .replace(/[ILOU]/g, (letter) => lookAlikes[letter] ?? letter)

export const isRoomCode = (code: string): boolean => shape.test(code)

/** Two halves for the eye: `ABC 234`. */
export const spacedRoomCode = (code: string): string => {
  const half = Math.ceil(code.length / 2)
  return `${code.slice(0, half)} ${code.slice(half)}`
}
