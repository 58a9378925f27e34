import { join as joinPath } from 'node:path'
import { expect, test } from 'vitest'
import { firstColumn, openAsIs } from '../../../src/server/store/sqlite/database'
import { newKey, openParlor, type Parlor } from '../../support/open-parlor'

/** The first column of what the server keeps on the disk now. */
async function kept({ dataDir }: Parlor, query: string): Promise<unknown[]> {
  const database = await openAsIs(joinPath(dataDir, 'parlor.db'), { readOnly: true, waitMs: 1_000 })
  try {
    return firstColumn(database, query)
  } finally {
    database.close()
  }
}

const keptRooms = (parlor: Parlor) => kept(parlor, 'select room_id from rooms where closed = 0')

const gone = { ok: false, error: { code: 'room_not_found' } }

test('a room goes some time after its last person did', async () => {
  const { host, connect } = await openParlor({ graceMs: 50, keepEmptyMs: 200 })
  const ada = await host('ada')
  const { roomId, session } = ada
  ada.close()

  const until = Date.now() + 6_000
  let reply
  do {
    const probe = await connect()
    // A stranger's look: a member's would be a return.
    reply = await probe.ask('send_message', { roomId, clientKey: crypto.randomUUID(), text: 'x' })
    probe.close()
  } while (reply.ok && Date.now() < until)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const back = await connect({ session })
  expect(await back.ask('join_room', { roomId })).toEqual(gone)
})

test('a room outlives its people as long as it says', async () => {
  const clock = { at: Date.now() }
  const { host, join, connect } = await openParlor({ graceMs: 20, keepEmptyMs: 100, now: () => clock.at })
  const ada = await host('ada', { retention: 'forever' })
  const grace = await host('grace', { retention: { days: 2 } })
  ada.close()
  grace.close()
  const sweeper = await host('sweeper')

  clock.at += 86_400_000
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect((await join('', { roomId: grace.roomId, session: grace.session })).entry.you.name).toBe('grace')
  expect((await join('', { roomId: ada.roomId, session: ada.session })).entry.you.name).toBe('ada')
  expect((await connect()).socket.connected).toBe(sweeper.socket.connected)
})

test('an occupied room does not go, nor one whose server was down', async () => {
  const parlor = await openParlor({ graceMs: 20, keepEmptyMs: 300 })
  const ada = await parlor.host('ada')
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(await ada.ask('change_room', { roomId: ada.roomId, title: 'still here' })).toMatchObject({ ok: true })

  await parlor.restart()
  const back = await parlor.join('', { roomId: ada.roomId, session: ada.session })
  expect(back.entry.room.title).toBe('still here')
})

test('a room somebody enters while the last one leaves is occupied', async () => {
  const parlor = await openParlor({ graceMs: 20, keepEmptyMs: 200 })
  const pairs = await Promise.all(
    Array.from({ length: 10 }, async () => ({ ada: await parlor.host('ada'), grace: await parlor.connect() })),
  )
  const trades = pairs.map(async ({ ada, grace }) => {
    const { roomId } = ada
    await Promise.all([ada.get('leave_room', { roomId }), grace.get('join_room', { roomId, name: 'grace' })])
    return roomId
  })
  const occupied = await Promise.all(trades)
  const emptied = await parlor.host('linus')
  await emptied.get('leave_room', { roomId: emptied.roomId })

  await expect.poll(() => keptRooms(parlor), { timeout: 5_000 }).not.toContain(emptied.roomId)
  expect(await keptRooms(parlor)).toEqual(expect.arrayContaining(occupied))
})

test('others write on while a long room is deleted, and all of it goes', async () => {
  const parlor = await openParlor({ keepEmptyMs: 400 })
  const [ada, grace] = [await parlor.host('ada'), await parlor.host('grace')]
  const { roomId } = ada
  const say = ({ roomId: room, get }: typeof ada) =>
    get('send_message', { roomId: room, clientKey: newKey(), text: 'all about marmalade' })
  await Promise.all(Array.from({ length: 1_000 }, () => say(ada)))
  const left = async () => (await kept(parlor, `select count(*) from messages where room_id = '${roomId}'`))[0]

  await ada.get('close_room', { roomId })
  expect(await ada.heard('room_closed')).toEqual([{ roomId, reason: 'closed_by_host' }])
  expect(await (await parlor.connect()).ask('join_room', { roomId, name: 'late' })).toEqual(gone)
  await say(grace)
  expect(await left()).toBeGreaterThan(0)
  await expect.poll(left, { timeout: 15_000 }).toBe(0)
})
