import { createPinia } from 'pinia'
import { computed, createApp, h, nextTick } from 'vue'
import { onTestFinished } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { News, Platform } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import MessageLog from '../../../src/renderer/components/MessageLog.vue'
import { provideCurrentRoom } from '../../../src/renderer/composables/use-current-room'
import { pageStorageKey } from '../../../src/renderer/composables/use-page-storage'
import { platformKey } from '../../../src/renderer/composables/use-platform'
import { createPageStorage } from '../../../src/renderer/platform/page-storage'
import { createNewsReceiver } from '../../../src/renderer/platform/receive-news'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { key, opened } from '../../unit/renderer/support/window'
import '../../../src/renderer/styles/tokens.css'
import '../../../src/renderer/styles/base.css'
import '../../../src/renderer/styles/controls.css'

export interface OpenLog {
  scroller: HTMLElement
  receive: (...messages: Message[]) => void
  resize: (size: { width: number; height: number }) => void
  /** Lets older messages come, which wait until then. */
  release: () => void
  /** Settled: nothing has moved for some frames. */
  rest: () => Promise<void>
  /** How far the list is from its end, in pixels. */
  fromEnd: () => number
  /** Scrolls there as a hand does. */
  wheelTo: (top: number) => Promise<void>
  /** The first message that is whole on screen, and how far it is from the upper edge. */
  place: () => { text: string; top: number }
  topOf: (text: string) => number
}

/** The conversation alone, in a frame of a fixed size, filled with `messages`; `older` is what lies before them. */
export async function openLog(messages: readonly Message[], older: readonly Message[] = []): Promise<OpenLog> {
  const frame = document.body.appendChild(document.createElement('div'))
  frame.style.cssText = 'display: flex; flex-direction: column; width: 600px; height: 400px'
  const pinia = createPinia()
  let release = () => undefined as void
  const released = new Promise<void>((resolve) => (release = resolve))
  const page = { ok: true, value: { messages: older, hasOlder: false, hasNewer: false } } as const
  const platform: Partial<Platform> = {
    kind: 'web',
    fetchMessages: () => released.then(() => page),
    showPresence: () => Promise.resolve({ ok: true, value: {} }),
  }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  const app = createApp({
    setup() {
      provideCurrentRoom(computed(() => useRooms().byKey.get(key)!))
      return () => h(MessageLog)
    },
  })
  app.provide(platformKey, platform as Platform)
  app.provide(pageStorageKey, createPageStorage(undefined))
  app.use(pinia).use(router)
  const receiveNews = createNewsReceiver(pinia)
  const news = (...all: News[]) => receiveNews(all)
  news({ kind: 'room_opened', room: { ...opened, messages: [...messages], hasOlder: older.length > 0 } })
  app.mount(frame)
  onTestFinished(() => {
    app.unmount()
    frame.remove()
  })
  await nextTick()
  return { ...reading(frame), release, receive: (...more) => news({ kind: 'messages', key, messages: more }) }
}

const frames = async (count: number) => {
  for (let n = 0; n < count; n++) await new Promise(requestAnimationFrame)
}

function reading(frame: HTMLElement): Omit<OpenLog, 'receive' | 'release'> {
  const scroller = frame.querySelector<HTMLElement>('[role=log]')!
  const edge = () => scroller.getBoundingClientRect().top
  const rows = () => [...scroller.querySelectorAll('article')]
  const textOf = (row: Element) => row.querySelector('.text')?.textContent ?? ''

  async function rest() {
    for (let stood = 0, top = NaN, height = NaN; stood < 4;) {
      await frames(2)
      stood = scroller.scrollTop === top && scroller.scrollHeight === height ? stood + 1 : 0
      top = scroller.scrollTop
      height = scroller.scrollHeight
    }
  }
  return {
    scroller,
    rest,
    resize: ({ width, height }) => Object.assign(frame.style, { width: `${width}px`, height: `${height}px` }),
    fromEnd: () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop,
    async wheelTo(top) {
      // A hand moves a list between two frames. Within one, rows are measured before the scroll is told.
      await new Promise((resolve) => setTimeout(resolve))
      scroller.dispatchEvent(new WheelEvent('wheel'))
      scroller.scrollTop = top
      await rest()
    },
    place() {
      const first = rows().find((row) => row.getBoundingClientRect().top >= edge())
      return { text: first ? textOf(first) : '', top: (first?.getBoundingClientRect().top ?? NaN) - edge() }
    },
    topOf: (text) =>
      (rows()
        .find((row) => textOf(row) === text)
        ?.getBoundingClientRect().top ?? NaN) - edge(),
  }
}
