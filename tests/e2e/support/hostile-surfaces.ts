import { randomUUID } from 'node:crypto'
import { oneLine } from '../../../src/renderer/conversation/one-line'
import { limits } from '#shared/protocol/limits'
import type { Person } from '../../support/person'
import { readRows } from '../pages/read-rows'
import { mentions, names, people, roomsOfTwo, writers } from './hostile-names'
import { hostileTexts } from './hostile-texts'
import { expect } from './parlor'
import type { Surface, Stage } from './hostile-stage'
import { say } from './scripted-person'
import { shownText } from './shown-text'

const word = 'needle'
const edited = hostileTexts.map((text) => `${text} ${word}`)
const [atOnce, answeredEvery] = [25, 10]

/** Says every text; a few at a time, for what one moment brings is one page of what is found. */
async function seqs({ mallory }: Stage, texts: readonly string[]): Promise<readonly number[]> {
  const places: number[] = []
  for (let from = 0; from < texts.length; from += atOnce) {
    const some = await Promise.all(texts.slice(from, from + atOnce).map((text) => say(mallory, text)))
    places.push(...some.map(({ message }) => message.seq))
  }
  return places
}

/** What the first surface said, which the others change, answer, find and pin. */
const said = new WeakMap<Person, readonly number[]>()

async function shows({ room }: Stage, selector: string, places: readonly number[], texts: readonly string[]) {
  const rows = await readRows(room.log, selector, places)
  expect(places.map((seq) => rows.get(seq))).toEqual(texts)
}

const messages: Surface = async (stage) => {
  const places = await seqs(stage, hostileTexts)
  said.set(stage.mallory, places)
  await expect(stage.room.log.locator(`[data-seq="${places.at(-1)!}"]`)).toBeVisible()
  await shows(
    stage,
    '.text',
    places,
    hostileTexts.map((text) => shownText(text)),
  )
}

const edits: Surface = async (stage) => {
  const { mallory } = stage
  const places = said.get(mallory)!
  await Promise.all(
    edited.map((text, at) => mallory.get('edit_message', { roomId: mallory.roomId, seq: places[at], text })),
  )
  await expect(stage.room.log.locator(`[data-seq="${places.at(-1)!}"]`)).toContainText(word)
  await shows(
    stage,
    '.text',
    places,
    edited.map((text) => shownText(text)),
  )
}

const answers: Surface = async (stage) => {
  const { mallory, room } = stage
  const places = said.get(mallory)!
  const made = await Promise.all(
    places.map((replyTo) =>
      mallory.get('send_message', { roomId: mallory.roomId, clientKey: randomUUID(), text: 'Answer', replyTo }),
    ),
  )
  const own = made.map(({ message }) => message.seq)
  await expect(room.log.locator(`[data-seq="${own.at(-1)!}"] .quote`)).toBeVisible()
  await shows(stage, '.quote .words', own, edited.map(oneLine))
}

const fence = (text: string) => `> ${text}\n[${text}](https://parlor.example/)\n\`\`\`html\n${text}\n\`\`\``

const code: Surface = async (stage) => {
  const texts = hostileTexts.map((text) => text.replaceAll('\n', ' '))
  const places = await seqs(stage, texts.map(fence))
  await expect(stage.room.log.locator(`[data-seq="${places.at(-1)!}"] pre.code`)).toBeVisible()
  await shows(stage, 'pre.code', places, texts)
}

const searchHits: Surface = async ({ page, room }) => {
  await page.keyboard.press('Control+F')
  await page.getByRole('searchbox', { name: 'Search' }).fill(word)
  const hits = page.locator('.search .found')
  const more = page.getByRole('button', { name: 'Show more' })
  await expect(hits).not.toHaveCount(0)
  for (let shown = await hits.count(); shown < hostileTexts.length; shown = await hits.count()) {
    await more.click()
    await expect(hits).not.toHaveCount(shown)
  }
  expect(await hits.locator('mark').count()).toBeGreaterThanOrEqual(hostileTexts.length)
  await page.keyboard.press('Escape')
  await expect(room.composer).toBeVisible()
}

const pinnedList: Surface = async ({ page, room, mallory }) => {
  const places = said.get(mallory)!
  const pin = (some: readonly number[], pinned: boolean) =>
    Promise.all(some.map((seq) => mallory.get('pin_message', { roomId: mallory.roomId, seq, pinned })))
  await room.openPinned()
  for (let from = 0; from < places.length; from += limits.pinsPerRoom) {
    const some = places.slice(from, from + limits.pinsPerRoom)
    await pin(some, true)
    await expect(page.locator('.pinned .found')).toHaveCount(some.length)
    await pin(some, false)
    await expect(page.locator('.pinned .found')).toHaveCount(0)
  }
  await page.keyboard.press('Escape')
}

/** In the header, the window's title, the list of rooms, the composer, the switcher. */
const titles: Surface = async ({ page, mallory }) => {
  const { roomId } = mallory
  let accepted = 0
  for (const wanted of hostileTexts) {
    const reply = await mallory.ask('change_room', { roomId, title: wanted })
    if (!reply.ok) continue
    accepted++
    await page.waitForFunction(
      (title) =>
        document.querySelector('h1')?.textContent === title &&
        document.querySelector('textarea')?.placeholder === `Message ${title}`,
      reply.value.room.title,
      { polling: 'raf' },
    )
  }
  expect(accepted).toBeGreaterThan(100)
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await mallory.get('change_room', { roomId, title: 'Lobby' })
}

/** The server closes a connection that gets 200 requests wrong one after the other. */
const wrongInARow = 100

/** Nothing but emoji is a reaction. */
const reactions: Surface = async ({ mallory }) => {
  const { roomId } = mallory
  const seq = said.get(mallory)![0]
  for (let at = 0; at < hostileTexts.length; at += wrongInARow) {
    const some = hostileTexts.slice(at, at + wrongInARow)
    const replies = await Promise.all(some.map((emoji) => mallory.ask('react', { roomId, seq, emoji })))
    expect(replies.map((reply) => (reply.ok ? 'accepted' : reply.error.code))).toEqual(
      some.map(() => 'invalid_request'),
    )
    await mallory.get('fetch_history', { roomId, before: 1 })
  }
}

/** In the composer, also after somebody was elsewhere. */
const drafts: Surface = async ({ room }) => {
  for (const text of hostileTexts) {
    await room.composer.fill(text)
    expect(await room.composer.inputValue()).toBe(text)
  }
  await room.composer.press('Control+End')
  await room.composer.press('Alt+ArrowDown')
  await expect(room.title).not.toHaveText('Lobby')
  await room.composer.press('Alt+ArrowUp')
  await expect(room.title).toHaveText('Lobby')
  await expect(room.composer).toHaveValue(hostileTexts.at(-1)!)
  await room.composer.fill('')
}

/** Above the composer, while somebody writes an answer. */
const answering: Surface = async (stage) => {
  const { page, room } = stage
  const context = page.locator('.context bdi')
  for (const [at, text] of hostileTexts.entries()) {
    if (at % answeredEvery > 0) continue
    const [seq] = await seqs(stage, [text])
    await room.log.locator(`[data-seq="${seq!}"]`).waitFor()
    await room.composer.press('Shift+ArrowUp')
    await expect(context).toHaveText(oneLine(text))
    await room.composer.press('Escape')
  }
}

type Surfaces = Readonly<Record<string, Surface>>

/** Places in the list of messages: looked at on a screen so tall that scrolling costs no time. */
export const inTheLog: Surfaces = {
  messages,
  edits,
  answers,
  code,
  names,
  mentions,
}

/** Places around it. Add one, and it is tried with everything. */
export const aroundTheLog: Surfaces = {
  'search hits': searchHits,
  'the pinned list': pinnedList,
  titles,
  people,
  'who writes and reads': writers,
  'rooms of two': roomsOfTwo,
  reactions,
  drafts,
  answering,
}
