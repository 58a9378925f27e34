const rgi = new RegExp('^\\p{RGI_Emoji}$', 'v')
// What this runtime's Unicode does not know yet is a picture of its own all the same.
const notYetKnown = /^(?=\p{Unassigned})\p{Extended_Pictographic}$/u
const textByDefault = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu

/**
 * An emoji as everybody has it, or undefined when it is none: with tags, selectors or joiners of one's own a sign looks
 * the same and is another. https://unicode.org/reports/tr51/#def_rgi_set
 */
export function rgiEmoji(emoji: string): string | undefined {
  const whole = emoji.replaceAll('\uFE0F', '').replace(textByDefault, '$&\uFE0F')
  return rgi.test(whole) || notYetKnown.test(whole) ? whole : undefined
}
