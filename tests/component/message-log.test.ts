import { expect, test } from 'vitest'
import { at, grace, said } from '../unit/renderer/support/conversation'
import { openLog, type OpenLog } from './support/open-log'

const long = ' of a longer thought'
const line = (seq: number, text = `Line ${seq}${long.repeat(seq % 7)}`) =>
  said(seq, { by: grace, text, sentAt: at('08:00') + seq * 60_000 })
const lines = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => line(first + n))

/** Whether a message is still where it was, to the pixel that some screens round to. */
const expectHeld = (log: OpenLog, { text, top }: { text: string; top: number }) =>
  expect([text, Math.abs(log.topOf(text) - top) <= 1]).toEqual([text, true])

async function openAt(top: number) {
  const log = await openLog(lines(101, 300), lines(1, 100))
  await log.rest()
  await log.wheelTo(top)
  return log
}

test('a conversation opens at its newest message', async () => {
  const log = await openLog(lines(1, 200))
  await log.rest()
  expect(log.fromEnd()).toBeLessThanOrEqual(1)
  expect(log.topOf(line(200).text)).toBeGreaterThan(0)
})

test('whoever is at the end stays there while messages come, grow and shrink', async () => {
  const log = await openLog(lines(1, 100))
  await log.rest()
  for (const text of ['short', `grows ${long.repeat(40)}`, 'short again']) {
    log.receive({ ...line(101, text), rev: 101 + text.length })
    await log.rest()
    expect([text, log.fromEnd() <= 1]).toEqual([text, true])
  }
  log.receive(...lines(102, 160))
  await log.rest()
  expect(log.fromEnd()).toBeLessThanOrEqual(1)
})

test('whoever is at the end stays there when the window changes its size', async () => {
  const log = await openLog(lines(1, 100))
  await log.rest()
  for (const size of [
    { width: 320, height: 400 },
    { width: 900, height: 250 },
    { width: 600, height: 700 },
  ]) {
    log.resize(size)
    await log.rest()
    expect([size, log.fromEnd() <= 1]).toEqual([size, true])
  }
})

test('whoever reads further up keeps their place while others talk', async () => {
  const log = await openAt(3_000)
  const place = log.place()
  for (let seq = 301; seq <= 330; seq++) {
    log.receive(line(seq))
    await log.rest()
  }
  expectHeld(log, place)
  expect(log.fromEnd()).toBeGreaterThan(100)
})

test('older messages that come in above move nothing', async () => {
  const log = await openAt(900)
  const [height, place] = [log.scroller.scrollHeight, log.place()]
  log.release()
  await expect.poll(() => log.scroller.scrollHeight, { timeout: 20_000 }).toBeGreaterThan(height + 1_000)
  await log.rest()
  expectHeld(log, place)
})

test('a message above that grows or shrinks by an edit moves nothing that is read', async () => {
  const log = await openAt(4_000)
  const place = log.place()
  const above = Number(/\d+/.exec(place.text)?.[0]) - 2
  for (const [rev, text] of [
    [1_000, `edited ${long.repeat(60)}`],
    [1_001, 'edited'],
  ] as const) {
    log.receive({ ...line(above, text), rev })
    await log.rest()
    expectHeld(log, place)
  }
})

test('another height of the window keeps the place of whoever reads further up', async () => {
  const log = await openAt(3_000)
  const place = log.place()
  log.resize({ width: 600, height: 250 })
  await log.rest()
  expectHeld(log, place)
})
