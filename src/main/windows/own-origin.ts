export const appScheme = 'parlor-app'
export const appUrl = `${appScheme}://ui/`

/** Whether an address is the interface's own. Parsed, never compared as text. */
export function isOwnUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return (
    url.protocol === `${appScheme}:` &&
    url.host === 'ui' &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}
