import { withoutEmoji } from './characters'

/** The scripts of UAX 31's tables 5 and 7: what living people write their names in. */
const living = (
  'Latn Cyrl Grek Arab Hebr Armn Geor Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Khmr Mymr Tibt ' +
  'Ethi Thaa Hang Hani Hira Kana Bopo Cher Cans Mong Syrc Tfng Nkoo Yiii Adlm Olck Vaii Java Bali Sund Lana Talu ' +
  'Lisu Cham Newa Mtei Sylo Limb Tale Batk Bugi Buhd Hano Tagb Tglg Kali Lepc Saur Bamu Osge Rohg Hmnp Wcho Nand Mand'
).split(' ')

/** What goes together in one name though it is not one script: UTS 39, highly restrictive. */
const together = [
  ['Latn', 'Hani', 'Hira', 'Kana'],
  ['Latn', 'Hani', 'Bopo'],
  ['Latn', 'Hani', 'Hang'],
]

const writtenIn = (scripts: readonly string[]) =>
  new RegExp(`^[\\p{scx=Zyyy}\\p{scx=Zinh}${scripts.map((script) => `\\p{scx=${script}}`).join('')}]*$`, 'u')

const patterns = [...living.map((script) => [script]), ...together].map(writtenIn)

export function isOneScript(name: string): boolean {
  const letters = withoutEmoji(name)
  return patterns.some((pattern) => pattern.test(letters))
}
