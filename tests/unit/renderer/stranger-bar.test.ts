// @vitest-environment happy-dom
import { computed, createApp, h, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, onTestFinished, test } from 'vitest'
import type { Platform } from '#shared/bridge'
import StrangerBar from '../../../src/renderer/components/StrangerBar.vue'
import { provideCurrentRoom } from '../../../src/renderer/composables/use-current-room'
import { platformKey } from '../../../src/renderer/composables/use-platform'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { grace, said } from './support/conversation'
import { key, opened, openWindow, server } from './support/window'

/** The bar of a direct conversation in which Grace wrote last, and whose older part is there or not. */
function openBar({ hasOlder }: { hasOlder: boolean }) {
  const { pinia, hear } = openWindow()
  const messages = [said(7, { by: grace }), said(8, { by: grace })]
  hear({ kind: 'room_opened', room: { ...opened, room: { ...opened.room, kind: 'direct' }, messages, hasOlder } })
  const app = createApp({
    setup() {
      provideCurrentRoom(computed(() => useRooms(pinia).byKey.get(key)!))
      return () => h(StrangerBar)
    },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  app.use(pinia).use(router)
  app.provide(platformKey, { kind: 'web' } as Platform)
  const place = document.body.appendChild(document.createElement('div'))
  app.mount(place)
  onTestFinished(() => {
    app.unmount()
    place.remove()
  })
  return { hear, bar: place, button: () => place.querySelector('button')! }
}

test('nobody is told that they never answered what may be answered further up', () => {
  expect(openBar({ hasOlder: true }).bar.textContent).toContain('Of late only Grace has written here.')
  expect(openBar({ hasOlder: false }).bar.textContent).toContain('Grace wrote to you alone, and you have not answered.')
})

test('who blocks a stranger by keyboard stays where they are', async () => {
  const { hear, bar, button } = openBar({ hasOlder: false })
  button().focus()
  hear({ kind: 'blocked', server, blocked: [grace] })
  await nextTick()
  expect([bar.querySelector('p')?.textContent, document.activeElement]).toEqual(['You have blocked Grace.', button()])
  expect(button().textContent.trim()).toBe('Unblock')
})
