// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import type { Platform, PlatformCalls } from '#shared/bridge'
import { useCompositions } from '../../../src/renderer/stores/compositions'
import { useOwnBytes } from '../../../src/renderer/stores/own-bytes'
import { useTrays } from '../../../src/renderer/stores/trays'
import { key, openWindow } from './support/window'

const done = { ok: true, value: {} } as const
const bytesOf = (size: number) => new Uint8Array(size).fill(7)
const chosen = (name: string, size: number) => new File([bytesOf(size)], name)
type Kept = Parameters<PlatformCalls['keepFile']>[0]
type Sent = Parameters<PlatformCalls['sendMessage']>[0]

function openTray(answers: Partial<Platform> = {}) {
  const [kept, sent]: [Kept[], Sent[]] = [[], []]
  const { pinia, hear } = openWindow({
    keepFile: (input) => {
      kept.push(input)
      return Promise.resolve(done)
    },
    sendMessage: (input) => {
      sent.push(input)
      return Promise.resolve(done)
    },
    ...answers,
  })
  const trays = useTrays(pinia)
  const namesIn = () => trays.inRoom(key).files.map(({ own }) => own.name)
  const areRead = () => vi.waitFor(() => expect(trays.inRoom(key).files.every(({ isRead }) => isRead)).toBe(true))
  return { pinia, hear, trays, kept, sent, namesIn, areRead }
}

test('what a message or the server does not take is left out of the tray, and told', () => {
  const { trays, namesIn } = openTray()
  trays.add(key, [chosen('empty', 0), chosen('fits', 10), chosen('huge', 11)], 10)
  expect([namesIn(), trays.inRoom(key).refusal]).toEqual([['fits'], { why: 'empty', name: 'empty' }])

  trays.add(
    key,
    Array.from({ length: 10 }, (_, index) => chosen(`${index}`, 1)),
    10,
  )
  expect([namesIn().length, trays.inRoom(key).refusal]).toEqual([10, { why: 'too_many' }])
  trays.dismiss(key)
  expect(trays.inRoom(key).refusal).toBeUndefined()
})

test('a tray without files or words is closed', () => {
  const { trays } = openTray()
  trays.add(key, [chosen('huge', 11)], 10)
  expect(trays.isOpen(key)).toBe(true)
  trays.dismiss(key)
  expect(trays.isOpen(key)).toBe(false)
  trays.add(key, [], 10)
  expect(trays.isOpen(key)).toBe(false)
})

test('bytes are handed over in order, a piece at a time, before the message', async () => {
  const { pinia, trays, kept, sent, areRead } = openTray()
  trays.add(key, [chosen('film.bin', 2_500_000)], 25_000_000)
  await areRead()
  const reply = await useCompositions(pinia).submit(key, 'look')
  expect(reply).toEqual(done)
  expect(kept.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
    [0, 1_048_576],
    [1_048_576, 1_048_576],
    [2_097_152, 402_848],
  ])
  expect(sent).toMatchObject([{ text: 'look', files: [{ name: 'film.bin', size: 2_500_000, looks: {} }] }])
  expect(trays.isOpen(key)).toBe(false)
  expect(useOwnBytes(pinia).of(sent[0]?.files?.[0]?.fileId)?.size).toBe(2_500_000)
})

test('a message that could not be kept leaves its files in the tray, and does not hand them over twice', async () => {
  let isFull = true
  const { pinia, trays, kept, areRead, namesIn } = openTray({
    sendMessage: () => Promise.resolve(isFull ? { ok: false, error: { code: 'not_kept' } } : done),
  })
  trays.add(key, [chosen('plan.pdf', 5)], 10)
  await areRead()
  const compositions = useCompositions(pinia)
  expect(await compositions.submit(key, '')).toEqual({ ok: false, error: { code: 'not_kept' } })
  expect([namesIn(), trays.inRoom(key).keeping]).toEqual([['plan.pdf'], undefined])
  isFull = false
  expect(await compositions.submit(key, '')).toEqual(done)
  expect([kept.length, trays.isOpen(key)]).toEqual([1, false])
})

test('handing over stops when somebody says so, and the tray stays', async () => {
  const { pinia, trays, kept, sent, areRead, namesIn } = openTray({
    keepFile: (input) => {
      kept.push(input)
      trays.stop(key)
      return Promise.resolve(done)
    },
  })
  trays.add(key, [chosen('film.bin', 3_000_000)], 25_000_000)
  await areRead()
  expect(await useCompositions(pinia).submit(key, 'look')).toBe('stopped')
  expect([kept.length, sent, namesIn()]).toEqual([1, [], ['film.bin']])
})

test('what is chosen while files are handed over waits for the next message', async () => {
  const { pinia, trays, sent, areRead, namesIn } = openTray({
    keepFile: () => {
      if (namesIn().length === 1) trays.add(key, [chosen('late.bin', 3)], 10)
      return Promise.resolve(done)
    },
  })
  trays.add(key, [chosen('first.bin', 3)], 10)
  await areRead()
  await useCompositions(pinia).submit(key, '')
  expect(sent.map(({ files }) => files?.map(({ name }) => name))).toEqual([['first.bin']])
  expect(namesIn()).toEqual(['late.bin'])
})
