import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { Announcement } from '#shared/protocol/contract'
import { roomPage } from '../../e2e/pages/room-page'
import { say } from '../../e2e/support/scripted-person'
import type { Person } from '../../support/person'
import { within } from '../../chaos/waiting'
import { median } from '../spread'

/** Milliseconds that words took to arrive: from the Enter key to the other person, and from there to the screen. */
export interface Delays {
  sent: number[]
  shown: number[]
}

const patienceMs = 30_000
const everyMs = 150

/** Two people talk while something goes on: one at the app's screen, the other beside it. */
export async function talkDuring<T>(page: Page, other: Person, during: Promise<T>): Promise<{ value: T } & Delays> {
  const delays: Delays = { sent: [], shown: [] }
  let isOver = false
  const over = during.finally(() => (isOver = true))
  const talking = talk(page, other, delays, () => isOver)
  const [value] = await Promise.all([over, talking])
  return { value, ...delays }
}

async function talk(page: Page, other: Person, { sent, shown }: Delays, isOver: () => boolean): Promise<void> {
  const { composer } = roomPage(page)
  for (let turn = 1; !isOver(); turn++) {
    const [question, answer] = [`How far is it? (${turn})`, `Going on. (${turn})`]
    const seen = page.evaluate(untilShown, question)
    const askedAt = Date.now()
    await say(other, question)
    shown.push((await within(seen, patienceMs, question)) - askedAt)

    const heard = untilHeard(other, answer)
    await composer.fill(answer)
    const enteredAt = Date.now()
    await composer.press('Enter')
    sent.push((await within(heard, patienceMs, answer)) - enteredAt)
    await pause(everyMs)
  }
}

const untilHeard = ({ socket }: Person, text: string): Promise<number> =>
  new Promise((resolve) => {
    const look = ({ message }: Announcement<'message_posted'>) => {
      if (message.text !== text) return
      socket.off('message_posted', look)
      resolve(Date.now())
    }
    socket.on('message_posted', look)
  })

const untilShown = async (text: string): Promise<number> => {
  const isShown = () =>
    [...document.querySelectorAll('[role=log] article')].some((row) => row.textContent.includes(text))
  while (!isShown()) await new Promise(requestAnimationFrame)
  return Date.now()
}

export const spreadOf = (delays: readonly number[]) => ({
  count: delays.length,
  median: Math.round(median(delays)),
  max: Math.max(...delays),
})
