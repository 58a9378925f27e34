import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RoomCalls } from '#client'
import { createFileLinks, isFileLink } from '../../../src/main/files/file-links'
import type { RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'

const key = 'http://192.168.1.5:4545/ABC234' as RoomKey
const newId = () => randomUUID() as FileId
const minute = 60_000

function device() {
  const asked: FileId[] = []
  const clock = { now: 0, isOnline: true }
  const openFile: RoomCalls['openFile'] = ({ fileId }) => {
    if (!clock.isOnline) return Promise.resolve({ ok: false, error: { code: 'offline' } })
    const url = `http://192.168.1.5:4545/files/${fileId}?${asked.push(fileId)}`
    return Promise.resolve({ ok: true, value: { url, lastsMs: 5 * minute } })
  }
  return { links: createFileLinks(openFile, () => clock.now), asked, clock }
}

async function open({ links }: ReturnType<typeof device>, fileId: FileId) {
  const opened = await links.open({ key, fileId })
  return opened.ok ? opened.value.url : expect.fail(opened.error.code)
}

test('an address says nothing of its file, and stays the same for as long as the app runs', async () => {
  const ada = device()
  const fileId = newId()
  const [first, again, other] = [await open(ada, fileId), await open(ada, fileId), await open(ada, newId())]

  expect([again === first, other === first, first.includes(fileId)]).toEqual([true, false, false])
  expect(isFileLink(first)).toBe(true)
})

test('it leads to where the server has the file, which is asked anew when its word has expired', async () => {
  const ada = device()
  const fileId = newId()
  const link = await open(ada, fileId)

  expect(await ada.links.resolve(link)).toBe(`http://192.168.1.5:4545/files/${fileId}?1`)
  ada.clock.now = 4 * minute
  expect(await ada.links.resolve(link)).toBe(`http://192.168.1.5:4545/files/${fileId}?1`)
  ada.clock.now = 5 * minute
  expect(await ada.links.resolve(link)).toBe(`http://192.168.1.5:4545/files/${fileId}?2`)
  ada.clock.now = 60 * minute
  ada.clock.isOnline = false
  expect(await ada.links.resolve(link)).toBe(undefined)
})

test('nobody guesses an address, and too many of them push out the oldest', async () => {
  const ada = device()
  const first = await open(ada, newId())
  const second = await open(ada, newId())
  for (let count = 0; count < 1_999; count++) await open(ada, newId())

  const strangers = [`parlor-app://ui/files/${newId()}`, 'parlor-app://ui/files/', 'http://192.168.1.5:4545/files/']
  const resolved = await Promise.all([first, ...strangers].map((link) => ada.links.resolve(link)))
  expect(resolved).toEqual([undefined, undefined, undefined, undefined])
  expect(await ada.links.resolve(second)).toMatch(/^http:/)
})
