import { connectPerson, type Person } from '../../support/person'
import { readRows } from '../pages/read-rows'
import type { Stage, Surface } from './hostile-stage'
import { hostileTexts } from './hostile-texts'
import { expect } from './parlor'
import { say } from './scripted-person'
import { shownText } from './shown-text'

const typistsEvery = 3

interface Stranger {
  person: Person
  name: string
  /** Where they said hello. */
  seq: number
}

const company = new WeakMap<Person, readonly Stranger[]>()
const strangersOf = ({ mallory }: Stage) => company.get(mallory) ?? []

/** Whoever the server lets in with such a name. */
async function enter({ mallory, url }: Stage): Promise<readonly Stranger[]> {
  const strangers: Stranger[] = []
  for (const wanted of hostileTexts) {
    const person = await connectPerson(url)
    const reply = await person.ask('join_room', { roomId: mallory.roomId, name: wanted })
    if (!reply.ok) {
      person.close()
      continue
    }
    person.enter(reply.value)
    const { name } = reply.value.you
    const { message } = await say(person, `I am @${name}`)
    strangers.push({ person, name, seq: message.seq })
  }
  return strangers
}

/** Beside messages, and in the notices of who has come. */
export const names: Surface = async (stage) => {
  const strangers = await enter(stage)
  company.set(stage.mallory, strangers)
  expect(strangers.length).toBeGreaterThan(10)
  const places = strangers.map(({ seq }) => seq)
  await expect(stage.room.log.locator(`[data-seq="${places.at(-1)!}"]`)).toBeVisible()
  const rows = await readRows(stage.room.log, '.name', places)
  expect(places.map((seq) => rows.get(seq))).toEqual(strangers.map(({ name }) => name))
}

/** Inside messages, and in what the composer suggests. */
export const mentions: Surface = async (stage) => {
  const { page, room } = stage
  const strangers = strangersOf(stage)
  const places = strangers.map(({ seq }) => seq)
  const rows = await readRows(room.log, '.text', places)
  const members = strangers.map(({ person: { memberId }, name }) => ({ memberId, name }))
  expect(places.map((seq) => rows.get(seq))).toEqual(strangers.map(({ name }) => shownText(`I am @${name}`, members)))

  for (const { name } of strangers) {
    const [typed = ''] = name.split(/[:@]/)
    // Nothing is suggested to who has written the whole name.
    await room.composer.fill(`@${typed === name ? name.slice(0, -1) : typed}`)
    await expect(page.getByRole('option', { name, exact: true }).first()).toBeVisible()
  }
  await room.composer.fill('')
}

/** In the list of people, its menus and its questions. */
export const people: Surface = async (stage) => {
  const { page, room } = stage
  if (await room.peopleButton.isVisible()) await room.peopleButton.click()
  const listed = await room.people.locator('li > bdi').allTextContents()
  for (const { name } of strangersOf(stage)) expect(listed).toContain(name)

  const [{ name } = { name: '' }] = strangersOf(stage)
  await room.people.getByRole('button', { name: `More about ${name}`, exact: true }).click()
  await room.menuItem('Block').click()
  await expect(room.dialog.getByRole('heading')).toHaveText(`Block ${name}?`)
  await page.keyboard.press('Escape')
  if (await room.closePanel.isVisible()) await room.closePanel.click()
}

/** In who writes, who has read, and who reacted. */
export const writers: Surface = async (stage) => {
  const { page, room, mallory } = stage
  const strangers = strangersOf(stage)
  const { roomId } = mallory
  for (const { person, name } of strangers.filter((_, at) => at % typistsEvery === 0)) {
    await person.get('set_typing', { roomId, typing: true })
    // What is said ends the writing at once.
    await page.waitForFunction(isWriting, name, { polling: 'raf' })
    await say(person, 'Me')
  }
  const { message } = await say(mallory, 'Who is here?')
  const here = { roomId, seq: message.seq }
  for (const { person } of strangers) {
    await person.get('react', { ...here, emoji: '👍' })
    await person.get('mark_read', here)
  }
  const reaction = room.log.locator(`[data-seq="${message.seq}"] .reaction`)
  await expect(reaction).toContainText(String(strangers.length))
  const who = await reaction.getAttribute('title')
  for (const { name } of strangers) expect(who).toContain(name)
}

const isWriting = (name: string) => document.querySelector('.typing')?.textContent === `${name} is writing…`
/** As the title of a conversation of two. */
export const roomsOfTwo: Surface = async (stage) => {
  const { page, room, mallory } = stage
  const { members } = await mallory.get('join_room', { roomId: mallory.roomId })
  const ada = members.find(({ name }) => name === stage.name)
  const strangers = strangersOf(stage)
  for (const { person } of strangers) await person.get('open_direct', { memberId: ada?.memberId })

  const wanted = [...strangers.map(({ name }) => name), 'Lobby'].sort()
  const seen = new Set<string>()
  // The latest stands first, so rooms change places while they are being entered.
  for (let step = 0; step < 3 * wanted.length && seen.size < wanted.length; step++) {
    const before = await room.title.textContent()
    await room.composer.press('Alt+ArrowDown')
    await expect(room.title).not.toHaveText(before ?? '')
    seen.add((await room.title.textContent()) ?? '')
  }
  expect([...seen].sort()).toEqual(wanted)

  await room.composer.press('Control+k')
  await expect(room.switcher).toBeFocused()
  await page.keyboard.type('Lobby')
  await page.keyboard.press('Enter')
  await room.isOpen('Lobby')
}
