import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')

/** The colours of one theme, over those of the light one. */
function coloursOf(selector: string): Readonly<Record<string, string>> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  )
}
const light = coloursOf(':root')
const themes = {
  light: { least: 5, colours: light },
  dark: { least: 5, colours: { ...light, ...coloursOf(":root[data-theme='dark']") } },
  contrast: { least: 7, colours: { ...light, ...coloursOf(":root[data-theme='contrast']") } },
  'contrast-dark': { least: 7, colours: { ...light, ...coloursOf(":root[data-theme='contrast-dark']") } },
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const channel = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (brighter + 0.05) / (darker + 0.05)
}

const grounds = ['paper', 'surface', 'raised', 'own']
const texts = ['ink', 'muted', 'accent', 'danger', 'warn']
const pairs = [
  ...grounds.flatMap((ground) => texts.map((text) => [text, ground] as const)),
  ...['keyword', 'string', 'number', 'name', 'type'].map((role) => [`code-${role}`, 'raised'] as const),
  ['ink', 'mention'] as const,
  ['on-accent', 'accent'] as const,
  ['ok', 'paper'] as const,
  ['ok', 'surface'] as const,
]

test.each(Object.entries(themes))(
  'every text of the %s theme can be read on every ground',
  (_name, { colours, least }) => {
    const unreadable = pairs
      .map(([text, ground]) => [text, ground, contrast(colours[text] ?? '', colours[ground] ?? '')] as const)
      .filter(([, , ratio]) => !(ratio >= least))
    expect(unreadable).toEqual([])
  },
)
