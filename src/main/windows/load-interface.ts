import type { WebContents } from 'electron'
import { appUrl } from './own-origin'

/** Loads the interface. It fails only when the window closes meanwhile; what cannot be served is reported there. */
export function loadInterface(contents: WebContents): void {
  contents.loadURL(appUrl).catch(() => undefined)
}
