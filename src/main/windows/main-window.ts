import { BrowserWindow, Menu, nativeTheme, screen } from 'electron'
import { contextMenu } from './context-menu'
import { keepPageStorage } from './keep-page-storage'
import { loadInterface } from './load-interface'
import { leastSize, paper, webPreferences, windowOptions } from './window-options'
import { fittingPlace, type WindowPlace } from './window-place'

interface MainWindowOptions {
  preload: string
  isPackaged: boolean
  icon?: string
  rememberedPlace: WindowPlace | undefined
  rememberPlace: (place: WindowPlace) => void
}

/** Opens the one window. It appears when its first picture is ready. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea)
  const place = fittingPlace(options.rememberedPlace, workAreas, leastSize)
  const look = {
    isDark: nativeTheme.shouldUseDarkColors,
    ...(options.icon === undefined ? {} : { icon: options.icon }),
  }
  const window = new BrowserWindow(
    windowOptions(place, look, webPreferences(options.preload, options.isPackaged, process.platform)),
  )

  const followTheme = () => window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? paper.dark : paper.light)
  nativeTheme.on('updated', followTheme)
  window.once('closed', () => nativeTheme.off('updated', followTheme))
  window.once('ready-to-show', () => {
    if (place.isMaximized) window.maximize()
    window.show()
  })
  window.on('close', () =>
    options.rememberPlace({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }),
  )

  window.webContents.on('context-menu', (_event, clicked) => {
    const items = contextMenu(clicked, (word) => window.webContents.replaceMisspelling(word))
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
  keepPageStorage(window.webContents)
  loadInterface(window.webContents)
  return window
}
