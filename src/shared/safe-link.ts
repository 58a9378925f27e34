import { parseUrl } from './parse-url'

const longest = 2_048
const longestHost = 253

// Characters that do not show, or show as something else.
const hidden = /[\p{C}\p{Z}\\]/u

// Some mail programs attach local files when a link says so; these fields only fill in a form.
const mailFields: ReadonlySet<string> = new Set(['subject', 'body', 'cc'])

/**
 * The one way a text becomes a link, whoever sent it: an http, https or mailto URL of at most 2,048 characters without
 * credentials. Undefined for anything else, which stays text and is never opened.
 */
export function safeLink(text: string): URL | undefined {
  if (text.length > longest || hidden.test(text)) return undefined
  const url = parseUrl(text)
  if (!url || url.href.length > longest || url.username !== '' || url.password !== '') return undefined

  if (url.protocol === 'http:' || url.protocol === 'https:')
    return url.hostname === '' || url.hostname.length > longestHost ? undefined : url
  if (url.protocol === 'mailto:') return isPlainMail(url) ? url : undefined
  return undefined
}

const isPlainMail = (url: URL): boolean =>
  url.pathname.includes('@') && [...url.searchParams.keys()].every((field) => mailFields.has(field.toLowerCase()))
