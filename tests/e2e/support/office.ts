import { expect } from './parlor'
import { roomPage, type RoomPage } from '../pages/room-page'
import { startPage } from '../pages/start-page'
import type { AppWanted, LaunchedApp } from './launch-app'
import type { Guest, GuestWanted } from './launch-guest'

interface Launching {
  launchApp: (wanted: AppWanted) => Promise<LaunchedApp>
  launchGuest: (wanted: GuestWanted) => Promise<Guest>
}

export interface Office {
  app: LaunchedApp
  ada: RoomPage
  phone: Guest
  linus: RoomPage
  roomId: string
  url: string
}

/** Ada hosts a room in the app, Linus is in it with his phone. */
export async function openOffice({ launchApp, launchGuest }: Launching): Promise<Office> {
  const app = await launchApp({ name: 'ada' })
  const ada = roomPage(app.page)
  await startPage(app.page).host({ as: 'Ada', title: 'Lobby' })
  await ada.isOpen('Lobby')
  const roomId = await ada.code()
  const phone = await launchGuest({ name: 'linus', port: app.port, path: `/${roomId}` })
  await startPage(phone.page).enter({ as: 'Linus' })
  const linus = roomPage(phone.page)
  await linus.isOpen('Lobby')
  await expect(ada.people.getByRole('listitem')).toHaveText([/Ada/, /Linus/])
  return { app, ada, phone, linus, roomId, url: `http://127.0.0.1:${app.port}` }
}
