import { createPinia, type Pinia } from 'pinia'
import { createApp } from 'vue'
import type { Router } from 'vue-router'
import type { Platform } from '#shared/bridge'
import App from './App.vue'
import { pageStorageKey } from './composables/use-page-storage'
import { platformKey } from './composables/use-platform'
import { createPageStorage, localStorageOf } from './platform/page-storage'
import { paceNews } from './platform/pace-news'
import { createNewsReceiver, receiveState } from './platform/receive-news'
import { routeAtStart } from './room-route'
import { createRoutes } from './router'
import { useRecentRooms } from './stores/recent-rooms'
import { useRooms } from './stores/rooms'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/avatars.css'

// The desktop never loads the client: it runs in the main process.
async function openPlatform(storage: Storage | undefined): Promise<Platform> {
  if (window.parlor) {
    const { createDesktopPlatform } = await import('./platform/desktop')
    return createDesktopPlatform(window.parlor)
  }
  const { createWebPlatform } = await import('./platform/web')
  return createWebPlatform({ page: window, storage, report: reportError })
}

/** Fills the stores, and keeps what happens meanwhile until they are full. */
async function follow(platform: Platform, pinia: Pinia) {
  const receive = paceNews(createNewsReceiver(pinia))
  const early: Parameters<typeof receive>[0][] = []
  let isFilled = false
  platform.onNews((news) => (isFilled ? receive(news) : void early.push(news)))

  const state = await platform.getState({})
  if (state.ok) receiveState(pinia, state.value)
  else reportError(new Error(`the platform tells no state: ${state.error.code}`))
  isFilled = true
  for (const news of early) receive(news)
}

async function enterLatestRoom(router: Router, pinia: Pinia, kind: Platform['kind']) {
  await router.isReady()
  const route = routeAtStart(kind, useRooms(pinia).all, useRecentRooms(pinia).recent)
  if (router.currentRoute.value.name === 'start' && route) await router.replace(route)
}

async function start() {
  const storage = localStorageOf(window)
  const platform = await openPlatform(storage)
  const [app, pinia, router] = [createApp(App), createPinia(), createRoutes(platform.kind)]
  app.config.errorHandler = (error) => reportError(error)
  app.provide(platformKey, platform)
  app.provide(pageStorageKey, createPageStorage(storage))
  app.use(pinia)
  await follow(platform, pinia)
  app.use(router)
  await enterLatestRoom(router, pinia, platform.kind)
  app.mount('#app')
}

void start()
