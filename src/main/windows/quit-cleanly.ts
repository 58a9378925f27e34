import type { App } from 'electron'

/** Lets `close` finish, within a limit, before the app ends. Runs when the windows are gone. */
export function quitCleanly(app: App, close: () => Promise<void>, report: (error: unknown) => void): void {
  let isClosing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    const limit = new Promise<void>((resolve) => setTimeout(resolve, limitMs))
    void Promise.race([close().catch(report), limit]).then(() => app.exit(0))
  })
}

const limitMs = 8_000
