// @vitest-environment happy-dom
import { computed, createApp, h } from 'vue'
import { afterEach, expect, test } from 'vitest'
import type { Platform } from '#shared/bridge'
import type { Attachment } from '#shared/protocol/files'
import type { FileId } from '#shared/protocol/ids'
import MessageFiles from '../../../src/renderer/components/MessageFiles.vue'
import { provideCurrentRoom } from '../../../src/renderer/composables/use-current-room'
import { platformKey } from '../../../src/renderer/composables/use-platform'
import { useOwnBytes } from '../../../src/renderer/stores/own-bytes'
import { useRooms } from '../../../src/renderer/stores/rooms'
import { key, openWindow } from './support/window'

const file = (name: string, more: Partial<Attachment> = {}): Attachment => ({
  fileId: `id of ${name}` as FileId,
  name,
  type: 'application/octet-stream',
  size: 1_000,
  ...more,
})
const opened: string[] = []
const platform: Partial<Platform> = {
  openFile: ({ fileId }) => {
    opened.push(fileId)
    const size = (fileId as string) === 'heavy' ? 24_000_000 : 1_000
    return Promise.resolve({
      ok: true,
      value: { url: `/files/${opened.length}`, lastsMs: 300_000, size },
    })
  },
}

function mountFiles(
  files: readonly Attachment[],
  prepare: (ownBytes: ReturnType<typeof useOwnBytes>) => void = () => {},
) {
  const { pinia } = openWindow(platform)
  prepare(useOwnBytes(pinia))
  const room = useRooms(pinia).byKey.get(key)
  if (!room) throw new Error('the window is in no room')
  const app = createApp({
    setup() {
      provideCurrentRoom(computed(() => room))
      return () => h(MessageFiles, { files, isSent: true })
    },
  })
  app.use(pinia)
  app.provide(platformKey, { kind: 'web', ...platform } as Platform)
  const place = document.createElement('div')
  app.mount(place)
  return { app, pinia, place }
}

/** What of files is on screen, as text. */
async function shown(files: readonly Attachment[]): Promise<string> {
  const { app, place } = mountFiles(files)
  const buttons = [...place.querySelectorAll('button')].map((button) => button.getAttribute('aria-label'))
  const leaves = [...place.querySelectorAll('*')].filter(({ children }) => children.length === 0)
  const words = leaves.map(({ textContent }) => textContent.trim()).filter((text) => text !== '')
  const seen = `${words.join(' ')} [${buttons.join(', ')}]`
  // What is to be asked for has been asked for by then.
  await new Promise(setImmediate)
  app.unmount()
  return seen
}

afterEach(() => void opened.splice(0))

test('an expired file says so, and is neither asked for nor offered to be saved', async () => {
  const expired = { expiresAt: Date.now() - 1 }
  const photo = file('a.png', { type: 'image/png', width: 4, height: 3, ...expired })
  expect(await shown([photo, file('b.pdf', expired)])).toBe(
    'PNG a .png 1 kB Expired: no longer kept PDF b .pdf 1 kB Expired: no longer kept []',
  )
  expect(opened).toEqual([])
})

test('a picture too large to decode is a card that is saved, never asked for', async () => {
  expect(await shown([file('a.png', { type: 'image/png', width: 30_000, height: 30_000 })])).toBe(
    'PNG a .png 1 kB Too large to show here [Save a.png]',
  )
  expect(opened).toEqual([])
})

test('a picture is asked for by its thumbnail, and one that moves only when it is opened', async () => {
  const photo = file('a.png', { type: 'image/png', width: 4, height: 3, thumbnailId: 'small' as FileId })
  const gif = file('b.gif', { type: 'image/gif', width: 4, height: 3 })
  expect(await shown([photo, gif])).toBe('GIF [Open a.png, Open b.gif]')
  expect(opened).toEqual(['small'])
})

test('an own picture whose bytes are let go of is asked for like any other', async () => {
  const { app, pinia } = mountFiles([file('a.png', { type: 'image/png', width: 4, height: 3 })], ({ keep }) =>
    keep('id of a.png' as FileId, new Blob(['a'])),
  )
  await new Promise(setImmediate)
  expect(opened).toEqual([])
  for (let count = 0; count < 40; count++) useOwnBytes(pinia).keep(`other ${count}` as FileId, new Blob(['b']))
  await new Promise(setImmediate)
  expect(opened).toEqual(['id of a.png'])
  app.unmount()
})

test('recordings are not asked for until they are played', async () => {
  const sound = file('a.mp3', { type: 'audio/mpeg', durationMs: 7_000 })
  const film = file('b.mp4', { type: 'video/mp4', durationMs: 65_000 })
  expect(await shown([sound, film])).toMatch(
    /0:07.*1:05.*\[Save a\.mp3, Play a\.mp3, Speed 1×, Play b\.mp4, Save b\.mp4\]/,
  )
  expect(opened).toEqual([])
})

test('a large picture waits for a click, and so does one whose thumbnail is large', async () => {
  const photo = { type: 'image/png', width: 4, height: 3, size: 262_145 } as const
  expect(await shown([file('a.png', photo)])).toBe('Open picture · 262 kB [Open a.png]')
  expect(opened).toEqual([])

  const { app, place } = mountFiles([file('b.png', { ...photo, thumbnailId: 'heavy' as FileId })])
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  expect([opened, place.querySelector('img'), place.textContent]).toEqual([['heavy'], null, 'Open picture · 262 kB'])
  app.unmount()
})
