import { confusables } from './confusables'

const fromBase36 = (code: string) => String.fromCodePoint(...code.split('+').map((point) => Number.parseInt(point, 36)))

const prototypes = new Map(
  confusables.split(',').flatMap((entry) => {
    const [prototype = '', lookAlikes = ''] = entry.split('=')
    return lookAlikes.split(' ').map((code) => [fromBase36(code), fromBase36(prototype)] as const)
  }),
)

/** Beyond UTS 39: what a chat's own font cannot tell apart, and the small capitals Cyrillic letters stand for. */
const ownFolds = new Map(
  Object.entries({
    '0': 'o',
    '1': 'l',
    i: 'l',
    '|': 'l',
    m: 'rn',
    w: 'vv',
    ʙ: 'b',
    ɢ: 'g',
    ʜ: 'h',
    ɪ: 'l',
    ᴊ: 'j',
    ᴋ: 'k',
    ĸ: 'k',
    ʟ: 'l',
    ᴍ: 'rn',
    ɴ: 'n',
    ᴏ: 'o',
    ᴘ: 'p',
    ʀ: 'r',
    ᴛ: 't',
    ᴜ: 'u',
    ᴠ: 'v',
    ᴡ: 'vv',
    ʏ: 'y',
    ᴢ: 'z',
    ᴀ: 'a',
    ᴄ: 'c',
    ᴅ: 'd',
    ᴇ: 'e',
    ꜰ: 'f',
    ꜱ: 's',
    ß: 'ss',
    ſ: 's',
    ς: 'σ',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    ħ: 'h',
    ł: 'l',
    ŧ: 't',
    ı: 'l',
    ȷ: 'j',
  }),
)

// Voicing marks and the vowels of Indic scripts make another letter; an accent or a vowel point does not.
const accents = /(?![\u3099\u309A])(?:[\p{Script=Inherited}]|(?=\p{Script=Hebrew})\p{Mn})/gu

/** What names are compared by: two that a reader could take for one another have one key. */
export function nameKey(name: string): string {
  const once = fold(name)
  const twice = fold(once)
  return twice.replace(/[\p{Z}\p{P}]/gu, '') || twice.replace(/\p{Z}/gu, '')
}

const fold = (name: string): string => replaced(skeleton(lowered(plain(name))), ownFolds).normalize('NFC')

const plain = (name: string) => name.normalize('NFKD').replace(accents, '')
/** By way of upper case, which makes one letter of those that differ in lower case only. */
const lowered = (name: string) => name.toUpperCase().toLowerCase()
const skeleton = (name: string) => plain(replaced(name, prototypes)).toLowerCase()

const replaced = (name: string, by: ReadonlyMap<string, string>): string =>
  Array.from(name, (character) => by.get(character) ?? character).join('')

/**
 * Greek `ΗΑΝΝΑ` looks like Latin only in capitals: compared by its small letters it would pass for a name that is
 * free. A name has one key, so such a name is refused.
 */
export function misleadsInCapitals(name: string): boolean {
  const asShown = plain(replaced(plain(name), prototypes))
  return /^[A-Za-z0-9\p{Z}\p{P}]+$/u.test(asShown) && nameKey(asShown) !== nameKey(name)
}
