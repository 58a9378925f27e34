import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { JoinedRoom, News, Platform, RoomKey } from '#shared/bridge'
import type { Member } from '#shared/protocol/entities'
import { pageStorageKey } from '../../../../src/renderer/composables/use-page-storage'
import { platformKey } from '../../../../src/renderer/composables/use-platform'
import { createPageStorage } from '../../../../src/renderer/platform/page-storage'
import { createNewsReceiver } from '../../../../src/renderer/platform/receive-news'
import { ada, grace, roomId, said } from './conversation'

export const server = 'http://lan.test:4545' as ServerUrl
export const key = `${server}/${roomId}` as RoomKey
export const you: Member = { memberId: ada, name: 'Ada', online: true, role: 'host' }
export const other: Member = { memberId: grace, name: 'Grace', online: true, role: 'member' }
export const opened: JoinedRoom = {
  key,
  server,
  room: { roomId, kind: 'group', title: 'Lobby', createdAt: 0, rev: 1, retention: 'forever' },
  you,
  members: [you],
  messages: [said(1)],
  hasOlder: true,
  pending: [],
  pendingChanges: [],
  reads: [],
  blocked: [],
  directsFrom: 'everybody',
  readSeq: 1,
  fileBytes: 25_000_000,
  ready: true,
}

/** The stores of one window in a room, and a platform that answers what the test gives it. */
export function openWindow(answers: Partial<Platform> = {}) {
  const [app, pinia] = [createApp({}), createPinia()]
  app.provide(platformKey, { kind: 'web', ...answers } as Platform)
  app.provide(pageStorageKey, createPageStorage(undefined))
  app.use(pinia)
  const receive = createNewsReceiver(pinia)
  const hear = (...news: News[]) => receive(news)
  hear({ kind: 'room_opened', room: opened })
  return { pinia, hear }
}
