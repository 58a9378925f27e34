import type { BrowserWindow } from 'electron'
import type { News } from '#shared/bridge'
import { newsChannel } from './channels'

export type NewsRelay = (news: readonly News[]) => void

/** Passes news on to the window while there is one; a window opened later asks for the whole state. */
export const createNewsRelay =
  (window: () => BrowserWindow | undefined): NewsRelay =>
  (news) =>
    window()?.webContents.send(newsChannel, news)
