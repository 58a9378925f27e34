import { expect, test } from 'vitest'
import { interleavedStore } from '../../support/interleaved-store'
import { openParlor } from '../../support/open-parlor'

async function openHouse() {
  const { openStore, afterJoin } = interleavedStore()
  const parlor = await openParlor({ openStore })
  const [ada, grace] = [await parlor.host('ada'), await parlor.host('grace')]
  const tab = await parlor.join('', { roomId: grace.roomId, session: grace.session })
  return { parlor, afterJoin, ada, grace, tab, roomId: ada.roomId }
}

test('who leaves in one tab while another is joining leaves nobody behind', async () => {
  const { parlor, afterJoin, grace, tab, roomId } = await openHouse()
  afterJoin(() => tab.get('leave_room', { roomId }))

  const refused = { ok: false, error: { code: 'not_a_member' } }
  expect(await grace.ask('join_room', { roomId, name: 'grace' })).toEqual(refused)
  const linus = await parlor.join('linus', { roomId })
  expect(linus.entry.members.map(({ name }) => name)).toEqual(['ada', 'linus'])
})

test('a title that changes while somebody is joining is what they are told', async () => {
  const { afterJoin, ada, grace, roomId } = await openHouse()
  afterJoin(() => ada.get('change_room', { roomId, title: 'Kitchen' }))

  const { room } = await grace.get('join_room', { roomId, name: 'grace' })
  expect(room.title).toBe('Kitchen')
})

test('a direct room opened with somebody who is just coming in is news to them', async () => {
  const { parlor, afterJoin, ada, grace, tab, roomId } = await openHouse()
  await tab.get('join_room', { roomId, name: 'grace' })
  grace.close()
  tab.close()
  const opened: unknown[] = []
  afterJoin(async () => opened.push((await ada.get('open_direct', { memberId: grace.memberId })).room))

  const back = await parlor.join('', { roomId, session: grace.session })
  expect(await back.heard('direct_opened')).toEqual([{ room: opened[0] }])
})
