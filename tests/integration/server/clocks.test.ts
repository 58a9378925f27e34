import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { blobsIn, draftOf, post, upload } from '../../support/files'
import { openClockwork } from '../../support/open-clockwork'
import { newKey, openParlor } from '../../support/open-parlor'

const [minute, hour, day, year] = [60_000, 3_600_000, 86_400_000, 31_536_000_000]

const keeping = { keepEmptyMs: 2_000, keepFilesMs: 200 * day }

test.each([
  ['twenty years behind', -20 * year],
  ['ten days ahead', 10 * day],
  ['at 1970', -Date.parse('2026-12-01T12:00:00Z')],
  ['at 2038', 12 * year],
])(
  'a start with the clock %s, set right later, deletes neither rooms nor files',
  { timeout: 60_000 },
  async (_name, wrong) => {
    const { parlor, at, pass, swept, rooms, emptied } = await openClockwork(keeping)
    const [ada, grace] = [await parlor.host('ada'), await parlor.host('grace', { retention: { days: 7 } })]
    const sent = await upload(parlor.url, grace, draftOf(randomBytes(500)))
    await post(grace, [sent])
    const unsent = await upload(parlor.url, grace, draftOf(randomBytes(500)))
    for (const person of [ada, grace]) person.close()
    await expect.poll(emptied).toHaveLength(2)

    at.now += wrong
    await parlor.restart()
    pass(500)
    await swept()
    at.now -= wrong
    const back = await parlor.join('', { roomId: ada.roomId, session: ada.session })
    pass(500)
    await swept()

    expect(back.entry.you.name).toBe('ada')
    expect((await rooms()).toSorted()).toEqual([ada.roomId, grace.roomId].toSorted())
    expect((await blobsIn(parlor.dataDir)).toSorted()).toEqual([sent.sha256, unsent.sha256].toSorted())
  },
)

test(
  'a clock that is set while the server runs deletes nothing, and minutes and days pass all the same',
  { timeout: 60_000 },
  async () => {
    const { parlor, at, pass, swept, rooms, emptied } = await openClockwork(keeping)
    const [ada, grace] = [await parlor.host('ada'), await parlor.host('grace', { retention: { days: 1 } })]
    for (const person of [ada, grace]) person.close()
    await expect.poll(emptied).toHaveLength(2)

    for (const byMs of [10 * day, -20 * day, 20 * year, -30 * year]) {
      at.now += byMs
      await swept()
    }
    expect(await rooms()).toHaveLength(2)
    pass(2_000)
    await swept()
    expect(await rooms()).toEqual([grace.roomId])
    for (let hours = 0; hours < 24; hours++) pass(hour)
    await swept()
    expect(await rooms()).toEqual([])
  },
)

test('a clock set right dates what is said from then on rightly, and a small step back is hidden', async () => {
  const at = { now: Date.parse('2026-12-01T12:00:00Z') }
  const parlor = await openParlor({ now: () => at.now })
  const ada = await parlor.host('ada')
  const say = async (text: string) =>
    (await ada.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text })).message.sentAt
  const right = at.now

  at.now = right + 26 * hour
  expect(await say('from tomorrow')).toBe(right + 26 * hour)
  at.now = right
  expect(await say('from today')).toBe(right)
  at.now = right - 5 * minute
  expect(await say('a moment ago')).toBe(right)
  at.now = right - 5 * minute - 1
  expect(await say('set back again')).toBe(right - 5 * minute - 1)
  const { messages } = await ada.get('fetch_history', { roomId: ada.roomId, before: 100 })
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
})

test('messages are found by their day on both sides of where the clock was set back', async () => {
  const at = { now: Date.parse('2026-12-01T12:00:00Z') }
  const parlor = await openParlor({ now: () => at.now })
  const ada = await parlor.host('ada')
  const say = (text: string) => ada.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text })
  const found = async (query: string) =>
    (await ada.get('search_messages', { query })).hits.map(({ message }) => message.text)

  for (const step of [3 * day, -4 * day, 6 * day, -5 * day]) {
    at.now += step
    const { message } = await say(`plum of ${new Date(at.now).toISOString().slice(0, 10)}`)
    // What takes a number and is no message must not lead the search astray.
    for (const emoji of ['👍', '🎉', '🙏']) await ada.get('react', { roomId: ada.roomId, seq: message.seq, emoji })
  }
  const said = ['2026-12-01', '2026-12-06', '2026-11-30', '2026-12-04'].map((date) => `plum of ${date}`)
  expect(await found('plum')).toEqual(said)
  expect(await found('plum after:2026-12-03')).toEqual([said[1], said[3]])
  expect(await found('plum before:2026-12-03')).toEqual([said[0], said[2]])
  expect(await found('plum after:2026-11-30 before:2026-12-05')).toEqual([said[0], said[3]])
})
