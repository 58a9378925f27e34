// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Platform } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { useFileUrls } from '../../../src/renderer/stores/file-urls'
import { key, openWindow } from './support/window'

type OpenFile = Platform['openFile']
const addressOf = (fileId: FileId): ReturnType<OpenFile> =>
  Promise.resolve({ ok: true, value: { url: `/files/${fileId}`, lastsMs: 300_000 } })

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

function openUrls(answer: (fileId: FileId) => ReturnType<OpenFile> = addressOf) {
  const asked: string[] = []
  const { pinia } = openWindow({
    openFile: ({ fileId }) => {
      asked.push(fileId)
      return answer(fileId)
    },
  })
  const urls = useFileUrls(pinia)
  const open = (id: string, isWanted?: () => boolean) => urls.open(key, id as FileId, isWanted)
  return { asked, open, forget: (id: string) => urls.forget(key, id as FileId) }
}
const ids = (count: number) => Array.from({ length: count }, (_, index) => `file ${index}`)

test('an address is asked for once, until it ends', async () => {
  const { asked, open, forget } = openUrls()
  await Promise.all([open('a'), open('a')])
  vi.advanceTimersByTime(200_000)
  await open('a')
  expect(asked).toEqual(['a'])
  vi.advanceTimersByTime(80_000)
  await open('a')
  forget('a')
  await open('a')
  expect(asked).toEqual(['a', 'a', 'a'])
})

test('a room full of pictures is asked for little by little, what came into view last first', async () => {
  const { asked, open } = openUrls()
  const all = Promise.all(ids(40).map((id) => open(id)))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(ids(20))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked.slice(20)).toEqual(ids(40).reverse().slice(0, 10))
  await vi.advanceTimersByTimeAsync(1_000)
  expect((await all).every(({ ok }) => ok)).toBe(true)
})

test('what was scrolled past is not asked for, unless it is back', async () => {
  const { asked, open } = openUrls()
  let isInView = true
  const past = ids(40).map((id) => open(id, () => isInView))
  isInView = false
  const back = open('file 30')
  const [seen, passed] = [past[0], past[25]]
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual([...ids(20), 'file 30'])
  expect([(await seen)?.ok, (await passed)?.ok, (await back).ok]).toEqual([true, false, true])
})

test('a server that asks to wait is asked again', async () => {
  let refusals = 2
  const { asked, open } = openUrls((fileId) =>
    refusals-- > 0
      ? Promise.resolve({ ok: false, error: { code: 'rate_limited', retryAfterMs: 700 } })
      : addressOf(fileId),
  )
  const reply = open('a')
  await vi.advanceTimersByTimeAsync(1_400)
  expect([(await reply).ok, asked.length]).toEqual([true, 3])
})
