// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Platform } from '#shared/bridge'
import { useMessages } from '../../../src/renderer/stores/messages'
import { useQuotes } from '../../../src/renderer/stores/quotes'
import { said } from './support/conversation'
import { key, openWindow } from './support/window'

type Fetch = Platform['fetchMessages']

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

/** A room of many messages, of which none but the newest is loaded, each page a message and its two neighbours. */
function openQuotes(answer?: Fetch) {
  const asked: number[] = []
  const { pinia, hear } = openWindow({
    fetchMessages: (input) => {
      const around = 'around' in input.where ? input.where.around : 0
      asked.push(around)
      if (answer) return answer(input)
      const messages = [around - 1, around, around + 1].map((seq) => said(seq))
      return Promise.resolve({ ok: true, value: { messages, hasOlder: true, hasNewer: true } })
    },
  })
  useMessages(pinia).replace(key, [said(9_000)], true)
  const quotes = useQuotes(pinia)
  const want = (seq: number, isWanted = () => true) => quotes.want(key, seq, isWanted)
  return { asked, hear, want, quoted: (seq: number) => quotes.of(key, seq)?.text }
}
const everyTenth = (count: number) => Array.from({ length: count }, (_, index) => 10 + index * 10)

test('a quoted message that is not loaded is changed and deleted like any other', async () => {
  const { hear, want, quoted } = openQuotes()
  await want(10)
  expect(quoted(10)).toBe('message 10')
  hear({ kind: 'messages', key, messages: [{ ...said(10), rev: 9_001, text: '', deletedAt: 1 }] })
  expect(quoted(10)).toBe('')
  hear({ kind: 'messages', key, messages: [said(9_002)], reset: { hasOlder: true } })
  expect(quoted(10)).toBeUndefined()
})

test('a screen full of quotes is fetched little by little, and neighbours at once', async () => {
  const { asked, want, quoted } = openQuotes()
  const all = Promise.all([...everyTenth(12), 121].map((seq) => want(seq)))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual([10, 20, 30, 40])
  await vi.advanceTimersByTimeAsync(3_000)
  await all
  expect(asked).toHaveLength(12)
  expect([...everyTenth(12), 121].every((seq) => quoted(seq) !== undefined)).toBe(true)
})

test('what is out of sight when its turn comes is not asked for, until it is back', async () => {
  const { asked, want, quoted } = openQuotes()
  let isInView = true
  const past = everyTenth(6).map((seq) => want(seq, () => isInView))
  isInView = false
  await vi.advanceTimersByTimeAsync(3_000)
  await Promise.all(past)
  expect(asked).toEqual([10, 20, 30, 40])
  await want(60)
  expect(quoted(60)).toBe('message 60')
})

test('after many quotes the latest are still fetched', async () => {
  const { want, quoted } = openQuotes()
  const all = Promise.all(everyTenth(520).map((seq) => want(seq)))
  await vi.advanceTimersByTimeAsync(200_000)
  await all
  await want(1)
  expect([quoted(1), quoted(10)]).toEqual(['message 1', undefined])
})
