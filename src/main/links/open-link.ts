import type { MessageBoxOptions, Shell } from 'electron'
import { safeLink } from '#shared/safe-link'

interface LinkOptions {
  shell: Pick<Shell, 'openExternal'>
  /** Asks on the window the link was clicked in; answers with the number of the button. */
  ask: (question: MessageBoxOptions) => Promise<number>
}

/** The only way out of the app for any link, whoever sent it. Answers false when the link may not be opened. */
export function createLinkOpener({ shell, ask }: LinkOptions): (link: string) => Promise<boolean> {
  return async (link) => {
    const url = safeLink(link)
    if (!url) return false

    const answer = await ask(question(url))
    if (answer === openButton) await shell.openExternal(url.href)
    return true
  }
}

const openButton = 0

function question(url: URL): MessageBoxOptions {
  const isMail = url.protocol === 'mailto:'
  // URL keeps host names in ASCII, so a look-alike shows its true spelling here.
  const target = isMail ? decodedOrRaw(url.pathname) : url.host
  return {
    type: 'question',
    message: isMail ? `Write to ${target}?` : `Open ${target} in your browser?`,
    detail: url.href.length > 300 ? `${url.href.slice(0, 300)}…` : url.href,
    buttons: [isMail ? 'Write' : 'Open', 'Cancel'],
    defaultId: openButton,
    cancelId: 1,
    noLink: true,
  }
}

function decodedOrRaw(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
