import { shortcutWords } from '../text/shortcuts'
import { keyNames, keysOf, shortcuts, type Place, type ShortcutId } from './shortcuts'

export interface ShortcutRow {
  readonly id: ShortcutId
  readonly keys: readonly string[]
  readonly words: string
}

/** The shortcuts of one place whose words or keys hold what is asked for. */
export function shortcutsIn(place: Place, asked = '', isMac = false): readonly ShortcutRow[] {
  const wanted = asked.trim().toLowerCase()
  return (Object.keys(shortcuts) as ShortcutId[])
    .filter((id) => shortcuts[id].where === place)
    .map((id) => ({ id, keys: keysOf(id, isMac), words: shortcutWords[id] }))
    .filter(({ words, keys }) =>
      `${words} ${keys.flatMap((one) => keyNames(one, isMac)).join('+')}`.toLowerCase().includes(wanted),
    )
}
