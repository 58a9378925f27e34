/** Copies with the clipboard API where there is one; a page over plain http copies through a hidden field. False if neither could. */
export async function copyText(text: string, page: Document = document): Promise<boolean> {
  const clipboard: Clipboard | undefined = page.defaultView?.navigator.clipboard
  if (clipboard && (await wasWritten(clipboard, text))) return true
  return copyThroughField(text, page)
}

const wasWritten = (clipboard: Clipboard, text: string): Promise<boolean> =>
  clipboard.writeText(text).then(
    () => true,
    () => false,
  )

function copyThroughField(text: string, page: Document): boolean {
  const focused = page.activeElement
  const field = page.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'visually-hidden'
  page.body.append(field)
  field.select()
  field.setSelectionRange(0, text.length)
  // Deprecated, and the one way to copy outside a secure context.
  const commands: { execCommand?: (command: 'copy') => boolean } = page
  const isCopied = commands.execCommand?.('copy') ?? false
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
