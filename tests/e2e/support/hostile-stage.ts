import type { Page } from '@playwright/test'
import type { Person } from '../../support/person'
import type { RoomPage } from '../pages/room-page'

export interface Stage {
  page: Page
  room: RoomPage
  /** Who sends it all. */
  mallory: Person
  url: string
  /** Of whoever looks. */
  name: string
}

/** A place where what strangers write is shown: puts every hostile text there, and makes sure that it stood there. */
export type Surface = (stage: Stage) => Promise<void>
