import { BrowserWindow, nativeTheme, screen } from 'electron'
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
  const window = new BrowserWindow(windowOptions(place, look, webPreferences(options.preload, options.isPackaged)))

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

  keepPageStorage(window.webContents)
  loadInterface(window.webContents)
  return window
}
