import type { BrowserWindow } from 'electron'

export interface OneWindow {
  current: () => BrowserWindow | undefined
  /** Opens the window, or brings the open one to the front. */
  show: () => void
}

/** There is at most one window. */
export function createOneWindow(open: () => BrowserWindow): OneWindow {
  let window: BrowserWindow | undefined

  return {
    current: () => window,
    show() {
      if (window) {
        if (window.isMinimized()) window.restore()
        window.focus()
        return
      }
      window = open()
      window.once('closed', () => (window = undefined))
    },
  }
}
