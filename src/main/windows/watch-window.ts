import { dialog, type App, type BrowserWindow, type MessageBoxOptions } from 'electron'
import type { Log } from '../diagnostics/log'
import { createComeBack } from './come-back'

const [tryAgain, quit] = [0, 1]

const lostQuestion: MessageBoxOptions = {
  type: 'warning',
  message: "Parlor's window keeps breaking off.",
  detail: 'Whatever you sent is safe, and rooms hosted on this computer go on. What is typed and not sent was kept.',
  buttons: ['Try again', 'Quit'],
  defaultId: tryAgain,
  cancelId: quit,
}
const hungQuestion: MessageBoxOptions = {
  type: 'warning',
  message: "Parlor's window does not answer.",
  detail: 'You can wait, or open it anew. Whatever you sent is safe, and rooms hosted on this computer go on.',
  buttons: ['Open anew', 'Wait'],
  defaultId: 1,
  cancelId: 1,
}

/** Brings the window's page back when it crashes, cannot be loaded or answers no more; says so when that is in vain. */
export function watchWindows(app: App, { note, report }: Log): void {
  const comeBack = createComeBack({
    now: Date.now,
    ask: async () => (await dialog.showMessageBox(lostQuestion)).response === tryAgain,
    quit: () => app.quit(),
    report,
  })

  app.on('web-contents-created', (_event, contents) => {
    const lost = () => comeBack.lost(() => contents.isDestroyed() || contents.reload())
    contents.on('render-process-gone', (_gone, { reason, exitCode }) => {
      note('renderer_gone', { reason, exitCode })
      if (reason !== 'clean-exit' && !contents.isDestroyed()) lost()
    })
    contents.on('preload-error', (_failed, _path, error) => {
      report(error)
      lost()
    })
    contents.on('did-fail-load', (_failed, code, _words, _url, isMainFrame) => {
      if (!isMainFrame || code === aborted) return
      note('interface_not_loaded', { code })
      lost()
    })
  })
  app.on('browser-window-created', (_event, window) => watchAnswers(window, report))
}

// Another load took its place.
const aborted = -3

function watchAnswers(window: Pick<BrowserWindow, 'on' | 'isDestroyed' | 'webContents'>, report: Log['report']): void {
  let waiting: AbortController | undefined
  window.on('unresponsive', () => {
    if (waiting) return
    const mine = new AbortController()
    waiting = mine
    dialog
      .showMessageBox({ ...hungQuestion, signal: mine.signal })
      .then(({ response }) => {
        const isStillHung = waiting === mine
        waiting = undefined
        // Comes back as any page does that was lost.
        if (response === 0 && isStillHung && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
      })
      .catch(report)
  })
  window.on('responsive', () => {
    waiting?.abort()
    waiting = undefined
  })
}
