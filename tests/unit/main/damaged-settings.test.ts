import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownServer } from '#shared/address'
import { createClientStorage, isVital } from '../../../src/main/settings/client-storage'
import { openJournal, type Journal } from '../../../src/main/settings/journal'
import { createMishaps } from '../../../src/main/settings/mishaps'
import { createSeal, newSealKey, type Seal } from '../../../src/main/settings/seal'
import { createSettings } from '../../../src/main/settings/settings'
import { openSettingsFile } from '../../../src/main/settings/settings-file'

let dir: string
const reported: unknown[] = []
const opened: Journal[] = []
const report = (error: unknown) => void reported.push(error)

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parlor-damaged-'))
  reported.length = 0
})
afterEach(() => {
  for (const journal of opened.splice(0)) journal.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Each leaves a file, or what stands in its place, as a crash, a full disk or a person might. */
const damages: Record<string, (file: string) => void> = {
  empty: (file) => writeFileSync(file, ''),
  cut: (file) => writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size / 2)),
  'an empty list': (file) => writeFileSync(file, '[]'),
  'full of NUL': (file) => writeFileSync(file, Buffer.alloc(4_096)),
  'no JSON': (file) => writeFileSync(file, 'hello\nthere\n'),
  'of wrong types': (file) => writeFileSync(file, '{"hosting":5,"signInKey":[]}'),
  binary: (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 10, 0x80, 10])),
  'a folder': (file) => {
    rmSync(file)
    mkdirSync(join(file, 'within'), { recursive: true })
  },
  gone: (file) => rmSync(file),
}
const kinds = Object.entries(damages)
const copiesOf = (name: string) => readdirSync(dir).filter((other) => other.startsWith(`${name}.damaged-`))

function openRooms() {
  const mishaps = createMishaps(() => 1)
  const journal = openJournal({ file: join(dir, 'rooms.journal'), isVital, mishap: mishaps.tell, report })
  opened.push(journal)
  return { journal, mishaps: mishaps.all }
}
function leaveRooms() {
  const { journal } = openRooms()
  journal.write('name', 'Ada')
  journal.write('rooms', [{ title: 'Lobby' }])
  journal.write(`session:${ownServer}`, { plain: 'token' })
  journal.write('outbox:room', [{ text: 'not sent yet' }])
  journal.close()
  opened.splice(opened.indexOf(journal), 1)
}

test.each(kinds)('a journal that is %s keeps who one is and where, is put aside and said once', (kind, damage) => {
  leaveRooms()
  damage(join(dir, 'rooms.journal'))

  const { journal, mishaps } = openRooms()

  expect(journal.read('name')).toBe('Ada')
  expect(journal.read('rooms')).toEqual([{ title: 'Lobby' }])
  expect(journal.read(`session:${ownServer}`)).toEqual({ plain: 'token' })
  const [copy] = kind === 'gone' ? [] : [join(dir, 'rooms.journal.damaged-1')]
  expect(mishaps()).toEqual([{ id: 'rooms_damaged 1', kind: 'rooms_damaged', ...(copy && { copy }) }])
  expect(copiesOf('rooms.journal')).toHaveLength(copy ? 1 : 0)
  journal.write('outbox:room', [{ text: 'new' }])
  const next = openRooms()
  expect([next.journal.read('outbox:room'), next.mishaps()]).toEqual([[{ text: 'new' }], []])
  expect(reported).toEqual([])
})

test('of a journal that was cut every whole record is kept, wherever it was cut', () => {
  const file = join(dir, 'rooms.journal')
  const { journal } = openRooms()
  for (let number = 0; number < 5; number++) journal.write(`outbox:${number}`, number)
  journal.close()
  opened.length = 0
  const bytes = readFileSync(file)
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 10).map((at) => at + 1)

  for (let cut = 1; cut < bytes.length; cut += 7) {
    writeFileSync(file, bytes.subarray(0, cut))
    rmSync(`${file}.copy`, { force: true })
    const after = openRooms()
    const whole = Math.max(0, ends.filter((end) => end <= cut).length - 1)
    expect(after.journal.keys()).toEqual([0, 1, 2, 3, 4].slice(0, whole).map((number) => `outbox:${number}`))
    expect(after.mishaps()).toHaveLength(1)
  }
})

test('records after a damaged stretch are kept, however much of it is NUL', () => {
  const file = join(dir, 'rooms.journal')
  const { journal } = openRooms()
  for (const key of ['outbox:a', 'outbox:b', 'outbox:c', 'outbox:d']) journal.write(key, key)
  const bytes = readFileSync(file)
  const from = bytes.indexOf('outbox:b')
  bytes.fill(0, from, bytes.indexOf('outbox:c') + 3)
  writeFileSync(file, bytes)

  expect(openRooms().journal.keys()).toEqual(['outbox:a', 'outbox:d'])
})

test('a damaged copy takes nothing from a sound journal', () => {
  for (const [, damage] of kinds) {
    leaveRooms()
    damage(join(dir, 'rooms.journal.copy'))
    const { journal, mishaps } = openRooms()
    expect([journal.read('name'), journal.read('outbox:room'), mishaps()]).toEqual([
      'Ada',
      [{ text: 'not sent yet' }],
      [],
    ])
    rmSync(join(dir, 'rooms.journal.copy'), { recursive: true, force: true })
  }
})

test('however often a file is damaged, the copies put aside are few, and the first ones stay', () => {
  const file = join(dir, 'rooms.journal')
  leaveRooms()
  for (let time = 0; time < 20; time++) {
    writeFileSync(file, `damage ${time}`)
    openRooms()
  }
  expect(copiesOf('rooms.journal')).toHaveLength(9)
  expect(readFileSync(`${file}.damaged-1`, 'utf8')).toBe('damage 0')
  expect(readFileSync(`${file}.damaged-9`, 'utf8')).toBe('damage 19')
})

test('a folder in the place of a draft hinders nothing', () => {
  mkdirSync(join(dir, 'rooms.journal.new', 'within'), { recursive: true })
  const { journal, mishaps } = openRooms()
  journal.write('name', 'Ada')
  expect([openRooms().journal.read('name'), mishaps(), reported]).toEqual(['Ada', [], []])
  expect(readdirSync(join(dir, 'rooms.journal.new.damaged-1'))).toEqual(['within'])
})

test('what was written is kept, and said to be, when the file cannot be made smaller afterwards', () => {
  const { journal } = openRooms()
  for (const name of ['new', ...Array.from({ length: 9 }, (_, at) => `new.damaged-${at + 1}`)])
    mkdirSync(join(dir, `rooms.journal.${name}`, 'within'), { recursive: true })
  const text = 'x'.repeat(1024 * 1024)

  for (let round = 0; round < 6; round++) journal.write('outbox:room', `${text}${round}`)
  journal.write('name', 'Ada')

  expect(reported.length).toBeGreaterThan(0)
  expect(journal.read('outbox:room')).toBe(`${text}5`)
  for (const name of readdirSync(dir).filter((other) => other.startsWith('rooms.journal.new')))
    rmSync(join(dir, name), { recursive: true })
  const next = openRooms().journal
  expect([next.read('outbox:room'), next.read('name')]).toEqual([`${text}5`, 'Ada'])
})

const signInKey = newSealKey().toString('base64')
const wanted = { hosting: { isWanted: true, port: 4_546 }, keepsPlainSignIns: true, signInKey }

function openAll(hasHosted = false) {
  const mishaps = createMishaps(() => 1)
  const stored = openSettingsFile({ file: join(dir, 'settings.json'), mishap: mishaps.tell, report })
  return { settings: createSettings(stored, stored.wasDamaged && hasHosted), mishaps: mishaps.all }
}

test.each(kinds)('settings that are %s come from their copy, are put aside and said once', (kind, damage) => {
  openAll().settings.change(wanted)
  damage(join(dir, 'settings.json'))

  const { settings, mishaps } = openAll()

  expect(settings.read()).toEqual({ window: undefined, earlierSignInKeys: [], ...wanted })
  const [copy] = kind === 'gone' ? [] : [join(dir, 'settings.json.damaged-1')]
  expect(mishaps()).toEqual([{ id: 'settings_damaged 1', kind: 'settings_damaged', ...(copy && { copy }) }])
  settings.change({ keepsPlainSignIns: false })
  const next = openAll()
  expect([next.settings.read().hosting, next.settings.read().keepsPlainSignIns, next.mishaps()]).toEqual([
    wanted.hosting,
    false,
    [],
  ])
  expect(reported).toEqual([])
})

test.each(kinds.slice(0, -1))('when settings and their copy are %s, who has hosted hosts on', (_kind, damage) => {
  openAll().settings.change(wanted)
  damage(join(dir, 'settings.json'))
  damage(join(dir, 'settings.json.copy'))

  expect(openAll(true).settings.read().hosting).toEqual({ isWanted: true })
  expect(copiesOf('settings.json')).toHaveLength(1)
})

test('settings of an earlier version, which kept no copy, are read as they are', () => {
  writeFileSync(join(dir, 'settings.json'), JSON.stringify({ hosting: wanted.hosting, keepsPlainSignIns: false }))
  const { settings, mishaps } = openAll()
  expect([settings.read().hosting, mishaps()]).toEqual([wanted.hosting, []])
})

const session = 'session:http://a.example'
function signIns(seal: Seal | undefined, keeps = false) {
  const { journal } = openRooms()
  return createClientStorage({ journal, seal, keepsPlain: () => keeps, changeKeepsPlain: () => {}, report })
}

test('a sign-in that a locked keyring cannot open today is there again when it can', () => {
  const seal = createSeal(newSealKey())
  signIns(seal).storage.write(session, 'the first')

  const locked = signIns(undefined)
  expect([locked.storage.read(session), locked.signIn.unreadable()]).toEqual([undefined, [session]])
  locked.storage.write(session, 'for today')
  expect(locked.storage.read(session)).toBe('for today')

  const later = signIns(seal)
  expect([later.storage.read(session), later.signIn.unreadable()]).toEqual(['the first', []])
})

test('a key of before a reset of the keyring still opens what it sealed', () => {
  const [old, now] = [newSealKey(), newSealKey()]
  signIns(createSeal(old)).storage.write(session, 'the first')
  expect(signIns(createSeal(now)).storage.read(session)).toBeUndefined()
  expect(signIns(createSeal(now, [old])).storage.read(session)).toBe('the first')
})

test('a host is themselves in their own rooms without the keyring that was there before', () => {
  const seal = createSeal(newSealKey())
  const { journal } = openRooms()
  journal.write(`session:${ownServer}`, { sealed: seal.seal(JSON.stringify('token'), `session:${ownServer}`) })

  expect(signIns(seal).storage.read(`session:${ownServer}`)).toBe('token')
  expect(signIns(undefined).storage.read(`session:${ownServer}`)).toBe('token')
})
