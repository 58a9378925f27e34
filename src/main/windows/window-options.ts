import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron'
import type { WindowPlace } from './window-place'

export const leastSize = { width: 380, height: 480 }

/** Paper, as in the interface's tokens: the window has its colour before the page does. */
export const paper = { light: '#FAF8F5', dark: '#161310' }

export const webPreferences = (preload: string, isPackaged: boolean, platform: NodeJS.Platform): WebPreferences => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Elsewhere Chromium fetches dictionaries from the internet: docs/decisions/0010-spelling.md.
  spellcheck: platform === 'darwin',
  devTools: !isPackaged,
})

export const windowOptions = (
  place: WindowPlace,
  look: { isDark: boolean; icon?: string },
  preferences: WebPreferences,
): BrowserWindowConstructorOptions => ({
  ...place.bounds,
  minWidth: leastSize.width,
  minHeight: leastSize.height,
  title: 'Parlor',
  show: false,
  // Its keys work all the same; Alt shows it.
  autoHideMenuBar: true,
  backgroundColor: look.isDark ? paper.dark : paper.light,
  ...(look.icon === undefined ? {} : { icon: look.icon }),
  webPreferences: preferences,
})
