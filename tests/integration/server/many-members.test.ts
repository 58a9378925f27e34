import { expect, test } from 'vitest'
import type { MemberId } from '#shared/protocol/ids'
import { newKey, openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

const refused = (code: string) => ({ ok: false, error: { code } })
const say = (person: Person, text = 'hi') =>
  person.get('send_message', { roomId: person.roomId, clientKey: newKey(), text })

/** Counted minutes of a few milliseconds, and nobody is waited for when they go. */
const brief = { graceMs: 1, minuteMs: 5 }

async function leaveFor(person: Person, watcher: Person) {
  const { memberId } = person
  // Who comes and goes within a moment is not told of.
  const isKnown = () =>
    watcher.entry.members.some((member) => member.memberId === memberId) ||
    watcher.heardSoFar('member_joined').some(({ member }) => member.memberId === memberId)
  await expect.poll(isKnown, { timeout: 8_000 }).toBe(true)
  person.close()
  await expect
    .poll(() => watcher.heardSoFar('member_left').some((left) => left.memberId === memberId), { timeout: 8_000 })
    .toBe(true)
}

test('a full room takes no newcomer, and its members come back', async () => {
  const { host, join, connect } = await openParlor({ limits: { roomMembers: 2, quietPlaceMinutes: 1_000_000 } })
  const [ada, grace] = [await host('ada'), await join('grace')]
  const linus = await connect()
  const wanted = { roomId: ada.roomId, name: 'linus' }

  expect(await linus.ask('join_room', wanted)).toEqual(refused('room_full'))
  grace.close()
  const back = await connect({ session: grace.session })
  expect((await back.get('join_room', { roomId: ada.roomId })).you.memberId).toBe(grace.memberId)
  expect(await linus.ask('join_room', wanted)).toEqual(refused('room_full'))
  await back.get('leave_room', { roomId: ada.roomId })
  expect((await linus.get('join_room', wanted)).members.map(({ name }) => name).sort()).toEqual(['ada', 'linus'])
})

test('throwaway members give way to a newcomer, and whoever said something or is here does not', async () => {
  const { host, join } = await openParlor({ ...brief, limits: { roomMembers: 5, quietPlaceMinutes: 1 } })
  const [ada, grace, linus] = [await host('ada'), await join('grace'), await join('linus')]
  await say(grace)
  const [first, second] = [await join('first'), await join('second')]
  for (const person of [first, second, grace]) await leaveFor(person, ada)
  const leavers = () => ada.heardSoFar('member_left').filter(({ reason }) => reason === 'left')

  const newcomers: Person[] = []
  for (const name of ['one', 'two']) {
    // Their minute has yet to be counted.
    await expect
      .poll(
        async () =>
          join(name).then(
            (person) => newcomers.push(person),
            () => 0,
          ),
        { timeout: 8_000 },
      )
      .toBeGreaterThan(newcomers.length)
  }
  await expect.poll(leavers).toHaveLength(2)
  expect(new Set(leavers().map(({ memberId }) => memberId))).toEqual(new Set([first.memberId, second.memberId]))
  await expect(join('three')).rejects.toThrow('room_full')
  expect(linus.heardSoFar('room_closed')).toEqual([])
})

test('memberships lapse by counted time, hosts and direct rooms excepted, and messages stay', async () => {
  const { host, join, connect } = await openParlor({
    ...brief,
    limits: { quietMemberMinutes: 20, memberMinutes: 400 },
  })
  const [ada, grace, linus] = [await host('ada', { retention: 'forever' }), await join('grace'), await join('linus')]
  await say(grace, 'I was here')
  const direct = await linus.get('open_direct', { memberId: grace.memberId })
  const roomId = ada.roomId
  const watcher = await join('watcher')
  for (const person of [ada, grace, linus]) await leaveFor(person, watcher)
  const lapsed = () =>
    watcher
      .heardSoFar('member_left')
      .filter(({ reason }) => reason === 'left')
      .map(({ memberId }) => memberId)

  await expect.poll(lapsed, { timeout: 8_000 }).toEqual([linus.memberId])
  await expect.poll(lapsed, { timeout: 8_000 }).toEqual([linus.memberId, grace.memberId])
  const back = await connect({ session: linus.session })
  expect(await back.ask('join_room', { roomId })).toMatchObject(refused('name_invalid'))
  const entry = await back.get('join_room', { roomId, name: 'linus' })
  expect(entry.messages.map(({ text }) => text)).toEqual(['I was here'])
  expect(entry.members.map(({ name }) => name).sort()).toEqual(['ada', 'linus', 'watcher'])
  expect((await back.get('join_room', { roomId: direct.room.roomId })).members).toHaveLength(2)
})

test('a clock that jumps by years ends no membership', async () => {
  let clock = Date.now()
  const years = 20 * 365 * 86_400_000
  const { host, join, restart, connect } = await openParlor({
    now: () => clock,
    graceMs: 1,
    minuteMs: 5,
    limits: { quietMemberMinutes: 100_000 },
  })
  const [ada, grace] = [await host('ada', { retention: 'forever' }), await join('grace')]
  grace.close()
  for (const jump of [years, -2 * years, 3 * years]) {
    clock += jump
    await restart()
    const back = await connect({ session: ada.session })
    const { members } = await back.get('join_room', { roomId: ada.roomId })
    expect(members.map(({ name }) => name)).toEqual(['ada', 'grace'])
  }
})

test('one address begins only so many memberships an hour in one room, and those who are in it come back', async () => {
  const { host, join, connect } = await openParlor({ limits: { membershipsPerHour: 2 } })
  const [ada, grace] = [await host('ada'), await join('grace')]
  await join('linus')
  const { roomId } = ada
  const eve = await connect()
  expect(await eve.ask('join_room', { roomId, name: 'eve' })).toMatchObject(refused('rate_limited'))
  const back = await connect({ session: grace.session })
  expect((await back.get('join_room', { roomId })).you.memberId).toBe(grace.memberId)
  // Another room is another matter.
  await host('other')
  await join('eve')
})

test('a crowd comes in pages: whoever matters first, then everybody once', async () => {
  const { host, join, connect } = await openParlor({ graceMs: 60_000 })
  const ada = await host('ada')
  const { roomId } = ada
  const crowd = await connect()
  const sessions: string[] = []
  crowd.close()
  for (let n = 0; n < 250; n++) {
    const one = await connect()
    sessions.push((await one.get('join_room', { roomId, name: `guest ${n}` })).session)
    one.close()
  }
  ada.close()
  const late = await join('zoe', { roomId })
  const { members, hasMoreMembers } = late.entry
  expect([members.length, hasMoreMembers]).toEqual([200, true])
  expect(members.slice(0, 2).map(({ name }) => name)).toEqual(['zoe', 'ada'])

  const told: MemberId[] = []
  let page = await late.get('fetch_members', { roomId })
  while (page.hasMore) {
    expect(page.members).toHaveLength(200)
    told.push(...page.members.map(({ memberId }) => memberId))
    page = await late.get('fetch_members', { roomId, after: told.at(-1) })
  }
  told.push(...page.members.map(({ memberId }) => memberId))
  expect([told.length, new Set(told).size]).toEqual([252, 252])

  const stranger = await connect()
  await stranger.get('create_room', { name: 'eve' })
  expect(await stranger.ask('fetch_members', { roomId })).toEqual(refused('not_a_member'))
})
