import { expect, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { countingStore } from '../../support/counting-store'

const wrongCode = (n: number) => `ZZZZ${String(n).padStart(2, '0')}`
/** After one wrong code every other waits, and is then refused. */
const guessing = { joinFailuresPerMinuteInAll: 1, joinDelayLeastMs: 700, joinDelayMostMs: 700 }
const rateLimited = { ok: false, error: { code: 'rate_limited', retryAfterMs: expect.any(Number) as number } }

test('behind a join that waits, what makes no sense is refused at once', async () => {
  const { connect } = await openParlor({ limits: guessing })
  const eve = await connect()
  await eve.ask('join_room', { roomId: wrongCode(0), name: 'eve' })
  const waiting = eve.ask('join_room', { roomId: wrongCode(1), name: 'eve' })

  const junk = eve.ask('join_room', { roomId: wrongCode(2), name: 'x'.repeat(60_000) })
  expect(await Promise.race([waiting, junk])).toEqual({ ok: false, error: { code: 'invalid_request', field: 'name' } })
  expect(await waiting).toEqual(rateLimited)
})

test('so many entries of one connection wait for the one before, and no more', async () => {
  const { connect } = await openParlor({ limits: { ...guessing, refusalsPerSecond: Infinity } })
  const eve = await connect()
  await eve.ask('join_room', { roomId: wrongCode(0), name: 'eve' })
  const waiting = eve.ask('join_room', { roomId: wrongCode(1), name: 'eve' })
  const behind = Array.from({ length: 66 }, (_, n) => eve.ask('join_room', { roomId: wrongCode(2 + n), name: 'eve' }))
  for (const unanswered of behind) unanswered.catch(() => 'the test is over')

  expect(await Promise.race([waiting, Promise.all(behind.slice(-2))])).toEqual([rateLimited, rateLimited])
})

test('who is gone is not waited for: what they asked for is let go of', async () => {
  const { openStore, asked } = countingStore()
  const parlor = await openParlor({ limits: guessing, openStore, graceMs: 0 })
  const eve = await parlor.host('eve')
  await eve.ask('join_room', { roomId: wrongCode(0) })
  const before = { isMember: asked('isMember'), markEmptied: asked('markEmptied') }
  for (let n = 1; n <= 5; n++) eve.socket.emit('join_room', { roomId: wrongCode(n) }, () => undefined)
  // Answered out of turn, so those before it have been taken.
  await eve.ask('fetch_history', { roomId: eve.roomId, before: 1 })
  eve.close()
  await expect.poll(() => asked('markEmptied')).toBe(before.markEmptied + 1)
  await parlor.stop()

  expect(asked('isMember')).toBe(before.isMember + 1)
})
