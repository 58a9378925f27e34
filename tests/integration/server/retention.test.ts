import { expect, test } from 'vitest'
import { openClockwork } from '../../support/open-clockwork'
import { newKey } from '../../support/open-parlor'

const [hour, day] = [3_600_000, 86_400_000]
const gone = { ok: false, error: { code: 'room_not_found' } }

test('a room goes some time after its last person did, and not before', async () => {
  const { parlor, pass, swept, rooms, emptied } = await openClockwork({ keepEmptyMs: 200 })
  const { roomId, session, close } = await parlor.host('ada')
  close()
  await expect.poll(emptied).toEqual([roomId])

  pass(150)
  await swept()
  expect(await rooms()).toEqual([roomId])
  pass(50)
  await swept()
  expect(await rooms()).toEqual([])
  const back = await parlor.connect({ session })
  expect(await back.ask('join_room', { roomId })).toEqual(gone)
})

test('a room outlives its people as long as it says', async () => {
  const { parlor, pass, swept, rooms, emptied } = await openClockwork({ keepEmptyMs: 200 })
  const ada = await parlor.host('ada', { retention: 'forever' })
  const grace = await parlor.host('grace', { retention: { days: 2 } })
  const linus = await parlor.host('linus')
  for (const person of [ada, grace, linus]) person.close()
  await expect.poll(emptied).toHaveLength(3)

  pass(2 * day - hour)
  await swept()
  expect((await rooms()).toSorted()).toEqual([ada.roomId, grace.roomId].toSorted())
  pass(hour)
  await swept()
  expect(await rooms()).toEqual([ada.roomId])
  const back = await parlor.join('', { roomId: ada.roomId, session: ada.session })
  expect(back.entry.you.name).toBe('ada')
})

test('an occupied room does not go', async () => {
  const { parlor, pass, swept, rooms } = await openClockwork({ keepEmptyMs: 200 })
  const [ada, grace] = [await parlor.host('ada'), await parlor.host('grace', { retention: { days: 1 } })]
  pass(30 * day)
  await swept()
  expect((await rooms()).toSorted()).toEqual([ada.roomId, grace.roomId].toSorted())
  expect(await ada.ask('change_room', { roomId: ada.roomId, title: 'still here' })).toMatchObject({ ok: true })
})

test('an empty room whose server was down is waited for anew', async () => {
  const { parlor, pass, swept, rooms, emptied } = await openClockwork({ keepEmptyMs: 200 })
  const ada = await parlor.host('ada', { title: 'still here' })
  ada.close()
  await expect.poll(emptied).toEqual([ada.roomId])
  pass(150)
  await parlor.stop()
  pass(day)
  await parlor.restart()
  pass(150)
  await swept()
  expect(await rooms()).toEqual([ada.roomId])
  const back = await parlor.join('', { roomId: ada.roomId, session: ada.session })
  expect(back.entry.room.title).toBe('still here')
})

test('a room somebody enters while the last one leaves is occupied', async () => {
  const { parlor, pass, swept, rooms, emptied } = await openClockwork({ keepEmptyMs: 200 })
  const pairs = await Promise.all(
    Array.from({ length: 10 }, async () => ({ ada: await parlor.host('ada'), grace: await parlor.connect() })),
  )
  const trades = pairs.map(async ({ ada, grace }) => {
    const { roomId } = ada
    await Promise.all([ada.get('leave_room', { roomId }), grace.get('join_room', { roomId, name: 'grace' })])
    return roomId
  })
  const occupied = await Promise.all(trades)
  const linus = await parlor.host('linus')
  await linus.get('leave_room', { roomId: linus.roomId })
  await expect.poll(emptied).toContain(linus.roomId)

  pass(300)
  await swept()
  expect((await rooms()).toSorted()).toEqual(occupied.toSorted())
})

test('others write on while a long room is deleted, and all of it goes', async () => {
  const { parlor, column } = await openClockwork({ keepEmptyMs: 400 })
  const [ada, grace] = [await parlor.host('ada'), await parlor.host('grace')]
  const { roomId } = ada
  const say = ({ roomId: room, get }: typeof ada) =>
    get('send_message', { roomId: room, clientKey: newKey(), text: 'all about marmalade' })
  await Promise.all(Array.from({ length: 1_000 }, () => say(ada)))
  const left = async () => Number((await column(`select count(*) from messages where room_id = '${roomId}'`))[0])

  await ada.get('close_room', { roomId })
  expect(await ada.heard('room_closed')).toEqual([{ roomId, reason: 'closed_by_host' }])
  expect(await (await parlor.connect()).ask('join_room', { roomId, name: 'late' })).toEqual(gone)
  const counts: number[] = []
  while (counts.at(-1) !== 0) {
    await say(grace)
    counts.push(await left())
  }
  expect(counts.filter((count) => count > 0 && count < 1_000)).not.toEqual([])
})
