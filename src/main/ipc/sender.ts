import { isOwnUrl } from '../windows/own-origin'

interface Frame {
  readonly url: string
  readonly parent: unknown
}

/** As much of Electron's IpcMainInvokeEvent as is needed to know who asks. */
export interface Asking {
  readonly senderFrame: Frame | null
  readonly sender: { readonly mainFrame: Frame }
}

/** Only our own interface, in the main frame of its window, is answered. */
export function isOwnInterface({ senderFrame, sender }: Asking): boolean {
  return (
    senderFrame !== null && senderFrame.parent === null && senderFrame === sender.mainFrame && isOwnUrl(senderFrame.url)
  )
}
