import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

/** Resolves once everything the server had to say before now has arrived. */
const settled = (person: Person) => person.ask('fetch_history', { roomId: person.roomId, before: 1 })

test('a blip is neither a leave nor a join', async () => {
  const { host, join } = await openParlor({ graceMs: 60_000 })
  const [ada, grace] = [await host('ada'), await join('grace')]
  await ada.heard('member_joined')
  const before = ada.log.length

  grace.close()
  const back = await join('', { roomId: ada.roomId, session: grace.session })
  await back.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text: 'back' })
  await ada.heard('message_posted')

  expect(ada.log.slice(before).map(({ name }) => name)).toEqual(['message_posted'])
  expect(back.entry.members.every(({ online }) => online)).toBe(true)
})

test('who stays away longer is offline, keeps the name, and is announced when back', async () => {
  const { host, join, connect } = await openParlor({ graceMs: 100 })
  const [ada, grace] = [await host('ada'), await join('grace')]
  grace.close()

  const left = { roomId: ada.roomId, memberId: grace.memberId, reason: 'disconnected' }
  expect(await ada.heard('member_left')).toEqual([left])
  const eve = await connect()
  expect(await eve.ask('join_room', { roomId: ada.roomId, name: 'grace' })).toMatchObject({
    error: { code: 'name_taken' },
  })

  const back = await join('', { roomId: ada.roomId, session: grace.session })
  expect(await ada.heard('member_joined', 2)).toContainEqual({ roomId: ada.roomId, member: back.entry.you })
})

test('two tabs are one person, who leaves with the last of them', async () => {
  const { host, join } = await openParlor({ graceMs: 150 })
  const [ada, grace] = [await host('ada'), await join('grace')]
  const tab = await join('', { roomId: ada.roomId, session: grace.session })

  expect(tab.entry.members).toHaveLength(2)
  const { message } = await ada.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text: 'hi' })
  expect(await Promise.all([grace.heard('message_posted'), tab.heard('message_posted')])).toEqual([
    [{ message }],
    [{ message }],
  ])

  grace.close()
  const linus = await join('linus')
  expect(linus.entry.members.map(({ name, online }) => [name, online])).toContainEqual(['grace', true])
  tab.close()
  expect(await ada.heard('member_left')).toHaveLength(1)
})

test('leaving in one tab leaves in all, and the other tab hears its own id', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const tab = await join('', { roomId: ada.roomId, session: grace.session })

  await grace.get('leave_room', { roomId: ada.roomId })

  const left = { roomId: ada.roomId, memberId: grace.memberId, reason: 'left' }
  expect(await tab.heard('member_left')).toEqual([left])
  expect(await ada.heard('member_left')).toEqual([left])
  await ada.get('send_message', { roomId: ada.roomId, clientKey: newKey(), text: 'gone?' })
  await ada.heard('message_posted')
  expect(await tab.ask('fetch_history', { roomId: ada.roomId, before: 1 })).toMatchObject({
    error: { code: 'not_a_member' },
  })
  expect(tab.heardSoFar('message_posted')).toEqual([])
})

test('a connection made and lost within a moment is not announced', async () => {
  // A moment that a busy machine does not outlast.
  const { host, join } = await openParlor({ graceMs: 0, digestMs: 2_000 })
  const ada = await host('ada')

  const moth = await join('moth')
  moth.close()
  const grace = await join('grace')

  expect(await ada.heard('member_joined')).toEqual([{ roomId: ada.roomId, member: grace.entry.you }])
  expect(ada.heardSoFar('member_left')).toEqual([])
})

test('nobody hears of their own coming', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const linus = await join('linus')
  await ada.heard('member_joined', 2)
  expect(await grace.heard('member_joined')).toEqual([{ roomId: ada.roomId, member: linus.entry.you }])
  expect([ada, grace, linus].map((one) => one.heardSoFar('member_joined').length)).toEqual([2, 1, 0])
})

test('after a restart people come back one by one and nobody is said to have left', async () => {
  const parlor = await openParlor({ graceMs: 100 })
  const [ada, grace, linus] = [await parlor.host('ada'), await parlor.join('grace'), await parlor.join('linus')]
  await parlor.restart()

  const back = await parlor.join('', { roomId: ada.roomId, session: ada.session })
  const graceBack = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  expect(await back.heard('member_joined')).toEqual([{ roomId: ada.roomId, member: graceBack.entry.you }])

  await settled(back)
  expect(back.heardSoFar('member_left')).toEqual([])
  expect(graceBack.entry.members.find(({ memberId }) => memberId === linus.memberId)?.online).toBe(false)
})

test('a connection lost while it was joining leaves nobody behind', async () => {
  const { host, connect, join } = await openParlor({ graceMs: 100 })
  const ada = await host('ada')
  for (let n = 0; n < 10; n++) {
    const ghost = await connect()
    ghost.socket.emit('join_room', { roomId: ada.roomId, name: `ghost ${n}` }, () => undefined)
    ghost.socket.io.engine.close()
  }
  const goneBy = Date.now() + 5_000
  const online = async () =>
    (await join(`probe ${Date.now()}`)).entry.members.filter((one) => one.online && one.name.startsWith('ghost'))
  while ((await online()).length > 0) if (Date.now() > goneBy) throw new Error('a ghost stayed')
})
