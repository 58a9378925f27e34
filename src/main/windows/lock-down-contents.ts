import type { App, WebContents } from 'electron'
import { loadInterface } from './load-interface'
import { isOwnUrl } from './own-origin'

/** The page stays where it is: no navigation, no window, no embedded page, whatever runs in it. */
export function lockDownContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
}

function lockDown(contents: WebContents): void {
  const refuse = (event: { preventDefault: () => void }) => event.preventDefault()
  contents.on('will-navigate', refuse)
  contents.on('will-redirect', refuse)
  contents.on('will-frame-navigate', refuse)
  contents.on('will-attach-webview', refuse)
  // Going to about:blank asks nobody.
  contents.on('did-navigate', (_event, url) => {
    if (!isOwnUrl(url)) loadInterface(contents)
  })
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
