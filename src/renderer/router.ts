import { createRouter, createWebHashHistory, createWebHistory, type Router } from 'vue-router'
import type { Platform } from '#shared/bridge'
import RoomView from './views/RoomView.vue'
import StartView from './views/StartView.vue'

/** A desktop page has no server behind its paths, so its routes live in the hash. */
export function createRoutes(kind: Platform['kind']): Router {
  return createRouter({
    history: kind === 'desktop' ? createWebHashHistory() : createWebHistory(),
    routes: [
      { path: '/', name: 'start', component: StartView },
      { path: '/:roomId', name: 'room', component: RoomView },
      { path: '/:elsewhere(.*)*', redirect: '/' },
    ],
  })
}
