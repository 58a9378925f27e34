import type { Platform } from '#shared/bridge'
import { shortcutWords } from '../text/shortcuts'
import { isKnownTo, keyNames, keysOf, shortcuts, type Place, type ShortcutId } from './shortcuts'

export interface ShortcutRow {
  readonly id: ShortcutId
  readonly keys: readonly string[]
  readonly words: string
}

interface Wanted {
  asked?: string
  isMac?: boolean
  kind?: Platform['kind']
}

/** The shortcuts of one place whose words or keys hold what is asked for. */
export function shortcutsIn(
  place: Place,
  { asked = '', isMac = false, kind = 'desktop' }: Wanted = {},
): readonly ShortcutRow[] {
  const wanted = asked.trim().toLowerCase()
  return (Object.keys(shortcuts) as ShortcutId[])
    .filter((id) => shortcuts[id].where === place && isKnownTo(kind, id))
    .map((id) => ({ id, keys: keysOf(id, isMac), words: shortcutWords[id] }))
    .filter(({ words, keys }) =>
      `${words} ${keys.flatMap((one) => keyNames(one, isMac)).join('+')}`.toLowerCase().includes(wanted),
    )
}
