import type { Locator, Page } from '@playwright/test'
import type { MadeFile } from '../support/make-files'

/** Files of a room: those that are about to be sent, and those in messages. */
export function filesOn(page: Page) {
  const log = page.getByRole('log')
  const tray = page.getByRole('region', { name: 'Files to send' })
  const lightbox = page.getByRole('dialog', { name: 'Pictures' })

  return {
    tray,
    items: tray.getByRole('listitem'),
    remove: (name: string) => tray.getByRole('button', { name: `Remove ${name}` }),
    attach: page.getByRole('button', { name: 'Add files' }),
    send: page.getByRole('button', { name: 'Send', exact: true }),
    picture: (name: string) => log.getByRole('button', { name: `Open ${name}` }),
    image: (name: string) => log.getByRole('img', { name }),
    play: (name: string) => log.getByRole('button', { name: `Play ${name}` }),
    pause: (name: string) => log.getByRole('button', { name: `Pause ${name}`, exact: true }),
    save: (name: string) => log.getByRole('button', { name: `Save ${name}` }),
    card: (text: string | RegExp) => log.locator('.card').filter({ hasText: text }),
    progress: (name: string) => log.getByRole('progressbar', { name: `Sending ${name}` }),
    uploadButton: (does: 'Pause sending' | 'Go on sending' | 'Do not send', name: string) =>
      log.getByRole('button', { name: `${does} ${name}` }),
    lightbox,
    shown: lightbox.getByRole('img'),
    lightboxButton: (name: string) => lightbox.getByRole('button', { name }),

    /** As the browser does it when somebody presses Ctrl+V with these on the clipboard. */
    paste: (target: Locator, files: readonly MadeFile[]) => hand(target, 'paste', files),
    dragOver: (target: Locator, files: readonly MadeFile[]) => hand(target, 'dragover', files),
    /** As the browser does it when somebody lets go of these over `target`. */
    drop: (target: Locator, files: readonly MadeFile[]) => hand(target, 'drop', files),
    /** Through the window in which the system lets people choose. */
    async choose(opening: () => Promise<unknown>, files: readonly MadeFile[] | string) {
      // A busy page hears of a key press before it hears that the window is to be caught, and the system's own opens
      // instead. Asking the page anything comes back after it has heard.
      const opened = () => page.evaluate(() => undefined).then(opening)
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), opened()])
      await chooser.setFiles(typeof files === 'string' ? files : [...files])
    },
  }
}

const hand = (target: Locator, kind: 'paste' | 'dragover' | 'drop', files: readonly MadeFile[]): Promise<void> =>
  target.evaluate(
    (element, handed) => {
      const data = new DataTransfer()
      for (const { name, type, bytes } of handed.files) {
        data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }))
      }
      const common = { bubbles: true, cancelable: true }
      element.dispatchEvent(
        handed.kind === 'paste'
          ? new ClipboardEvent('paste', { ...common, clipboardData: data })
          : new DragEvent(handed.kind, { ...common, dataTransfer: data }),
      )
    },
    {
      kind,
      files: files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, bytes: buffer.toString('base64') })),
    },
  )
