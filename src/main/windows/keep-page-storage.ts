import type { WebContents } from 'electron'

const afterMs = 500

/** Chromium takes seconds to write what a page keeps, such as drafts. A killed app loses half a second of typing. */
export function keepPageStorage(contents: WebContents): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  contents.on('input-event', () => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (!contents.isDestroyed()) contents.session.flushStorageData()
    }, afterMs)
  })
  contents.once('destroyed', () => clearTimeout(timer))
}
