import { randomBytes, randomUUID } from 'node:crypto'
import type { FileId } from '#shared/protocol/ids'
import { expect, test } from 'vitest'
import { announce, draftOf, offsetOf, sendBytes, sha256, upload, type Draft } from '../../support/files'
import { openParlor } from '../../support/open-parlor'
import type { Person } from '../../support/person'

/** A file of many bytes, of which none is ever sent. */
const neverSent = (size: number): Draft => ({
  ...draftOf(Buffer.alloc(0)),
  fileId: randomUUID() as FileId,
  size,
  sha256: sha256(randomBytes(8)) as Draft['sha256'],
})

const announceMany = (people: readonly Person[], size: number, each: number) =>
  Promise.all(people.flatMap((person) => Array.from({ length: each }, () => announce(person, neverSent(size)))))

test('ten guests who announce more than there is room for and send nothing keep nobody from sending', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const names = Array.from({ length: 10 }, (_, n) => `guest ${n}`)
  const guests = await Promise.all(names.map((name) => parlor.join(name)))
  const announced = await announceMany(guests, 25_000_000, 20)
  expect(announced.filter(({ ok }) => ok).length).toBe(200)

  const draft = draftOf(randomBytes(100_000))
  await upload(parlor.url, ada, draft)
  expect(await announce(ada, draft)).toEqual({ ok: true, value: { isStored: true } })
  expect(await announce(ada, neverSent(25_000_000))).toMatchObject({ ok: true })
})

test('of what is free at most half is promised, and whoever sends is served first', async () => {
  const limits = { memberFileBytes: 1_000_000, serverFileBytes: 1_000_000 }
  const parlor = await openParlor({ limits })
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const half = neverSent(480_000)
  expect(await announce(grace, half)).toMatchObject({ ok: true })
  expect(await announce(grace, neverSent(480_000))).toMatchObject({ ok: true })

  expect(await announce(ada, neverSent(600_000))).toMatchObject({ error: { code: 'storage_full' } })
  const [sent, more] = [draftOf(randomBytes(450_000)), draftOf(randomBytes(300_000))]
  expect(await announce(ada, more)).toMatchObject({ ok: true })
  await upload(parlor.url, ada, sent)
  await upload(parlor.url, ada, more)
  const late = await sendBytes({ url: parlor.url, person: grace }, half.fileId, Buffer.alloc(1_000))
  expect(late.status).toBe(507)
})

test('room is promised to those who are connected', async () => {
  const limits = { memberFileBytes: 1_000_000, serverFileBytes: 1_000_000 }
  const parlor = await openParlor({ limits })
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  await announceMany([grace], 450_000, 2)
  const wanted = neverSent(600_000)
  expect(await announce(ada, wanted)).toMatchObject({ error: { code: 'storage_full' } })

  grace.close()
  await expect.poll(() => announce(ada, wanted)).toMatchObject({ ok: true })
  const back = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  expect(await announce(back, neverSent(300_000))).toMatchObject({ ok: true })
})

test('room is promised to one person and to one address up to their shares, and for ten minutes', async () => {
  const clock = { at: 0 }
  const limits = { serverFileBytes: 1_000_000, promisedBytesPerMember: 200_000, promisedBytesPerAddress: 300_000 }
  const parlor = await openParlor({ limits, monotonic: () => clock.at })
  const [ada, grace, linus] = [await parlor.host('ada'), await parlor.join('grace'), await parlor.join('linus')]
  const fits = async (size: number) => {
    const draft = neverSent(size)
    const { ok } = await announce(ada, draft)
    if (ok) await ada.get('drop_file', { roomId: ada.roomId, fileId: draft.fileId })
    return ok
  }

  await announceMany([grace], 190_000, 3)
  expect([await fits(770_000), await fits(850_000)]).toEqual([true, false])
  await announceMany([linus], 90_000, 3)
  expect([await fits(680_000), await fits(740_000)]).toEqual([true, false])
  clock.at += 601_000
  expect(await fits(940_000)).toBe(true)
})

test('an upload that was cut counts as what has come, and goes on when there is room', async () => {
  const limits = { memberFileBytes: 60_000, serverFileBytes: 60_000 }
  const parlor = await openParlor({ limits })
  const [ada, grace] = [await parlor.host('ada'), await parlor.join('grace')]
  const [idle, other] = [draftOf(randomBytes(50_000)), draftOf(randomBytes(40_000))]
  const speaker = { url: parlor.url, person: ada }
  const send = async (from: number, to?: number) =>
    (await sendBytes(speaker, idle.fileId, idle.bytes.subarray(from, to), from)).status
  await announce(ada, idle)
  expect(await send(0, 10_000)).toBe(204)

  // The room that was kept for the rest is let go of right after the answer.
  const sent = () => upload(parlor.url, grace, other).then(() => 'stored', String)
  await expect.poll(sent, { timeout: 5_000 }).toBe('stored')
  expect(await send(10_000)).toBe(507)
  expect(await announce(ada, idle)).toEqual({ ok: true, value: { isStored: false } })
  await grace.get('drop_file', { roomId: grace.roomId, fileId: other.fileId })
  expect(await offsetOf(speaker, idle.fileId)).toBe(10_000)
  expect(await send(10_000)).toBe(204)
  expect(await announce(ada, idle)).toEqual({ ok: true, value: { isStored: true } })
})

test('what a server was being sent when it was killed counts as what has come', async () => {
  const limits = { memberFileBytes: 60_000, serverFileBytes: 60_000 }
  const parlor = await openParlor({ limits })
  const [ada, grace] = [await parlor.host('ada', { retention: 'forever' }), await parlor.join('grace')]
  const draft = draftOf(randomBytes(50_000))
  await announce(ada, draft)
  const halted = sendBytes({ url: parlor.url, person: ada }, draft.fileId, draft.bytes.subarray(0, 10_000))
  await Promise.all([halted.catch(() => undefined), parlor.restart()])

  const back = await parlor.join('', { roomId: ada.roomId, session: grace.session })
  await upload(parlor.url, back, draftOf(randomBytes(40_000)))
})
