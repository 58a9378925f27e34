import type { Page } from '@playwright/test'
import { roomPage, type RoomPage } from '../pages/room-page'
import { startPage } from '../pages/start-page'
import type { LaunchedApp, AppWanted } from './launch-app'
import type { Guest, GuestWanted } from './launch-guest'

interface Launching {
  launchApp: (wanted: AppWanted) => Promise<LaunchedApp>
  launchGuest: (wanted: GuestWanted) => Promise<Guest>
}

/** Somebody in a room, on one of the two kinds of screen. */
export interface Screen {
  page: Page
  room: RoomPage
  resize: (width: number, height: number) => Promise<void>
}

export interface Wanted {
  as: string
  port: number
  roomId: string
}

export type OpenScreen = (launching: Launching, wanted: Wanted) => Promise<Screen>

const desktop: OpenScreen = async ({ launchApp }, { as, port, roomId }) => {
  const { app, page } = await launchApp({ name: as })
  await startPage(page).join({ as, at: `127.0.0.1:${port}/${roomId}` })
  const resize = (width: number, height: number) =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
      width,
      height,
    ] as [number, number])
  return { page, room: roomPage(page), resize }
}

const phone: OpenScreen = async ({ launchGuest }, { as, port, roomId }) => {
  const { page } = await launchGuest({ name: as, port, path: `/${roomId}` })
  await startPage(page).enter({ as })
  return { page, room: roomPage(page), resize: (width, height) => page.setViewportSize({ width, height }) }
}

/** Where people read and write: the desktop app, and a browser on a phone. */
export const screens: Readonly<Record<string, OpenScreen>> = { desktop, phone }
