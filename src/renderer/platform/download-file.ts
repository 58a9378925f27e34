/** Lets the browser save what an address of its own server answers; it asks where, or does not, as it always does. */
export function downloadFile(url: string, name: string, page: Document): void {
  const link = page.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
