const longest = 2_048
const longestHost = 253

// Characters that do not show, or show as something else.
const hidden = /[\p{C}\p{Z}\\]/u

// Some mail programs attach local files when a link says so; these fields only fill in a form.
const mailFields = new Set(['subject', 'body', 'cc'])

/** The link as a URL if it may leave the app at all, else undefined. */
export function allowedLink(text: string): URL | undefined {
  if (text.length > longest || hidden.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.href.length > longest || url.username !== '' || url.password !== '') return undefined

  if (url.protocol === 'http:' || url.protocol === 'https:')
    return url.hostname === '' || url.hostname.length > longestHost ? undefined : url
  if (url.protocol === 'mailto:') return isPlainMail(url) ? url : undefined
  return undefined
}

const isPlainMail = (url: URL): boolean =>
  url.pathname.includes('@') && [...url.searchParams.keys()].every((field) => mailFields.has(field.toLowerCase()))
