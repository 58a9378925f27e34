import { onlyInApp, placeTitles, shortcutHelpWords } from '../text/shortcuts'
import { shortcutsIn } from './shortcut-rows'
import { isKnownTo, keyNames, keysOf, type Place, type ShortcutId } from './shortcuts'

const places: readonly Place[] = ['everywhere', 'reading', 'writing']

const namesOf = (keys: readonly string[], isMac: boolean): string =>
  keys.map((one) => `\`${keyNames(one, isMac).join(' ')}\``).join(' or ')

const wordsOf = (id: ShortcutId, words: string): string => (isKnownTo('web', id) ? words : onlyInApp(words))

/** docs/keyboard.md: the shortcuts as the app's own help shows them. */
export function keyboardPage(): string {
  const sections = places.map((place) => {
    const rows = shortcutsIn(place).map(
      ({ id, words, keys }) =>
        `| ${wordsOf(id, words)} | ${namesOf(keys, false)} | ${namesOf(keysOf(id, true), true)} |`,
    )
    return [`## ${placeTitles[place]}`, '', '| | Windows, Linux | macOS |', '|---|---|---|', ...rows].join('\n')
  })
  const made = 'Made by `node scripts/run.mjs scripts/keyboard-page.ts` from the list the app itself uses.'
  return `${[`# ${shortcutHelpWords.title}`, made, ...sections].join('\n\n')}\n`
}
