const longestLink = 2_048
const safeProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/**
 * The only way a text becomes an `href`: an http, https or mailto URL of at most 2,048 characters without
 * credentials, normalised. Undefined for anything else, which then stays text.
 */
export function safeLink(text: string): string | undefined {
  if (text.length > longestLink) return undefined
  const url = parsed(text)
  if (!url || !safeProtocols.has(url.protocol)) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  return url.href.length <= longestLink ? url.href : undefined
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
