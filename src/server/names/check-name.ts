import { Refusal } from '#shared/protocol/errors'
import { limits } from '#shared/protocol/limits'
import { fits } from '#shared/protocol/text'
import type { CheckedName } from '../store/store'
import { hasBadge } from './badges'
import { isReadable } from './characters'
import { isReserved } from './reserved'
import { isOneScript } from './scripts'
import { misleadsInCapitals, nameKey } from './name-key'

/** Composing makes a name shorter, though never by half. */
const mostTyped = limits.nameBytes * 2

/**
 * A name as it is shown and as it is compared, or `name_invalid`. Names are refused rather than mended: who typed one
 * should see the one others see. https://www.unicode.org/reports/tr39/, RFC 8266.
 */
export function checkName(raw: string): CheckedName {
  if (raw.length > mostTyped || !isReadable(raw)) throw invalid()

  const shown = raw
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim()
  if (!fits(shown, { graphemes: limits.nameGraphemes, bytes: limits.nameBytes })) throw invalid()
  if (hasBadge(shown) || !isOneScript(shown.normalize('NFKC')) || misleadsInCapitals(shown)) throw invalid()

  const key = nameKey(shown)
  if (key === '' || isReserved(key)) throw invalid()
  return { shown, key }
}

const invalid = () => new Refusal('name_invalid', { field: 'name' })
