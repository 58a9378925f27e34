import type { Page } from '@playwright/test'
import { median } from '../spread'

/**
 * How long frames took while something went on, in milliseconds. `late` is the share in per cent beyond two frames of
 * 60 Hz, `cpuMs` the time the page's own thread worked in all: that one does not depend on what else the machine does.
 */
export interface Frames {
  count: number
  cpuMs: number
  median: number
  p95: number
  max: number
  late: number
}

const twoFramesMs = 33.4

/** Times every frame of the page while `act` runs. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  const cpu = await startCpuClock(page)
  await page.evaluate(() => {
    const deltas: number[] = []
    let last: number | undefined
    const next = (now: number) => {
      if (last !== undefined) deltas.push(now - last)
      last = now
      Object.assign(globalThis, { deltas, frame: requestAnimationFrame(next) })
    }
    requestAnimationFrame(next)
  })
  await act()
  const deltas = await page.evaluate(() => {
    cancelAnimationFrame(Reflect.get(globalThis, 'frame') as number)
    return Reflect.get(globalThis, 'deltas') as number[]
  })
  return summary(deltas, await cpu())
}

async function startCpuClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const workedMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
  }
  const before = await workedMs()
  return async () => {
    const worked = (await workedMs()) - before
    await session.detach()
    return worked
  }
}

function summary(deltas: readonly number[], cpuMs: number): Frames {
  const sorted = deltas.toSorted((a, b) => a - b)
  return {
    count: sorted.length,
    cpuMs: rounded(cpuMs),
    median: rounded(median(sorted)),
    p95: rounded(sorted[Math.floor(sorted.length * 0.95)] ?? NaN),
    max: rounded(sorted.at(-1) ?? NaN),
    late: rounded((100 * sorted.filter((delta) => delta > twoFramesMs).length) / sorted.length),
  }
}

const rounded = (value: number) => Math.round(value * 10) / 10

/** What the page's JavaScript holds on to, in MiB, after a collection. */
export async function heapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return rounded(usedSize / 1024 / 1024)
}

/** From the click of a button to the frame that shows a text: what a person waits. */
export const clickUntilShown = (page: Page, wanted: { button: string; text: string }): Promise<number> =>
  page.evaluate(async ({ button, text }) => {
    const buttons = [...document.querySelectorAll('button')]
    const target = buttons.find((one) => one.textContent.trim().startsWith(button))
    const isShown = () =>
      [...document.querySelectorAll('[role=log] article')].some((row) => row.textContent.includes(text))
    const startedAt = performance.now()
    target?.click()
    while (!isShown()) await new Promise(requestAnimationFrame)
    return Math.round(performance.now() - startedAt)
  }, wanted)
