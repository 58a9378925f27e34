import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownServer } from '#shared/address'
import { createClientStorage, isVital } from '../../../src/main/settings/client-storage'
import { openJournal, type Journal } from '../../../src/main/settings/journal'
import { openSeal, type Keyring } from '../../../src/main/settings/open-seal'
import { createSeal, newSealKey, type Seal } from '../../../src/main/settings/seal'
import { createSettings } from '../../../src/main/settings/settings'

let dir: string
let file: string
const reported: unknown[] = []
const mishaps: string[] = []
const opened: Journal[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'parlor-settings-'))
  file = join(dir, 'rooms.journal')
  reported.length = 0
  mishaps.length = 0
})
afterEach(() => {
  for (const journal of opened.splice(0)) journal.close()
  rmSync(dir, { recursive: true, force: true })
})

function open(): Journal {
  const report = (error: unknown) => void reported.push(error)
  const journal = openJournal({ file, isVital, mishap: (kind) => void mishaps.push(kind), report })
  opened.push(journal)
  return journal
}

test('what was written is there after the app ended without a word', () => {
  const first = open()
  first.write('name', 'Ada')
  first.write('outbox', [{ text: 'héllo\nthere' }])
  first.write('name', 'Grace')
  first.write('gone', 1)
  first.write('gone', undefined)

  const second = open()
  expect([second.read('name'), second.read('outbox'), second.read('gone')]).toEqual([
    'Grace',
    [{ text: 'héllo\nthere' }],
    undefined,
  ])
  expect(second.keys().toSorted()).toEqual(['name', 'outbox'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('what a caller does to a value read does not change what is kept', () => {
  const journal = open()
  journal.write('list', [1])
  ;(journal.read('list') as number[]).push(2)
  expect(journal.read('list')).toEqual([1])
})

test('a write cut off at any byte loses that write alone', () => {
  const journal = open()
  journal.write('kept', 'yes')
  const before = statSync(file).size
  journal.write('kept', 'no longer')
  const bytes = readFileSync(file)

  for (let cut = before; cut < bytes.length; cut++) {
    writeFileSync(file, bytes.subarray(0, cut))
    expect(open().read('kept')).toBe('yes')
  }
  expect([reported, mishaps]).toEqual([[], []])
})

test('a damaged line is left out and said, the others stay', () => {
  const journal = open()
  journal.write('one', 1)
  journal.write('two', 2)
  journal.write('three', 3)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('"two","2"', '"two","9"'))

  const after = open()
  expect([after.read('one'), after.read('two'), after.read('three')]).toEqual([1, undefined, 3])
  expect(mishaps).toEqual(['rooms_damaged'])
})

test('a torn end does not swallow the next write', () => {
  open().write('one', 1)
  appendFileSync(file, 'abc')
  open().write('two', 2)
  const after = open()
  expect([after.read('one'), after.read('two')]).toEqual([1, 2])
})

test('an empty or foreign file is a fresh start', () => {
  writeFileSync(file, Buffer.from([0, 1, 2, 10, 255, 10]))
  expect(open().keys()).toEqual([])
  truncateSync(file)
  expect(open().keys()).toEqual([])
})

test('the file stays small however often a value changes', () => {
  const journal = open()
  const text = 'x'.repeat(100_000)
  for (let round = 0; round < 100; round++) journal.write('draft', `${text}${round}`)
  expect(statSync(file).size).toBeLessThan(5_000_000)
  expect(open().read('draft')).toBe(`${text}99`)
})

function storage(seal: Seal | undefined, keeps = false) {
  const journal = open()
  const made = createClientStorage({
    journal,
    seal,
    keepsPlain: () => keeps,
    changeKeepsPlain: (wanted) => (keeps = wanted),
    report: (error) => void reported.push(error),
  })
  return { ...made, onDisk: () => readFileSync(file, 'utf8') }
}
const token = 'K7dQ-secret-token'

test('with a keyring a sign-in is kept, and unreadable on disk', () => {
  const seal = createSeal(newSealKey())
  const first = storage(seal)
  first.storage.write('session:http://a.example', { token })
  first.storage.write('name', 'Ada')

  expect(first.onDisk()).not.toContain(token)
  expect(first.signIn.isRemembering()).toBe(true)
  expect(storage(seal).storage.read('session:http://a.example')).toEqual({ token })
  expect(storage(createSeal(newSealKey())).storage.read('session:http://a.example')).toBeUndefined()
})

test('without a keyring a sign-in stays in memory until the person asks to keep it', () => {
  const first = storage(undefined)
  first.storage.write('session:a', { token })
  expect(first.storage.read('session:a')).toEqual({ token })
  expect(first.onDisk()).not.toContain(token)

  first.signIn.remember(true)
  expect(first.onDisk()).toContain(token)
  const second = storage(undefined, true)
  expect(second.storage.read('session:a')).toEqual({ token })

  second.signIn.remember(false)
  expect(second.storage.read('session:a')).toEqual({ token })
  expect(second.onDisk()).not.toContain(token)
  expect(storage(undefined).storage.read('session:a')).toBeUndefined()
})

test('without a keyring a host is still themselves in their own rooms after a restart', () => {
  const first = storage(undefined)
  first.storage.write(`session:${ownServer}`, { token })
  first.storage.write('session:http://a.example', { token: 'another' })

  const second = storage(undefined)
  expect(second.storage.read(`session:${ownServer}`)).toEqual({ token })
  expect(second.storage.read('session:http://a.example')).toBeUndefined()
  second.signIn.remember(true)
  second.signIn.remember(false)
  expect(storage(undefined).storage.read(`session:${ownServer}`)).toEqual({ token })
})

test('a sealed sign-in moved to another key or altered is not opened', () => {
  const seal = createSeal(newSealKey())
  const sealed = seal.seal(token, 'session:a')
  expect(seal.open(sealed, 'session:a')).toBe(token)
  expect(seal.open(sealed, 'session:b')).toBeUndefined()
  expect(seal.open('', 'session:a')).toBeUndefined()
  const bytes = Buffer.from(sealed, 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at] = altered[at]! ^ 1
    expect(seal.open(altered.toString('base64'), 'session:a')).toBeUndefined()
  }
})

const reversed = (text: string) => Buffer.from(text).reverse()
const old: Keyring = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isEncryptionAvailable: () => true,
  encryptString: reversed,
  decryptString: (sealed) => reversed(sealed.toString()).toString(),
}
const newer: Keyring = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(reversed(text)),
  decryptStringAsync: (sealed) => Promise.resolve({ result: reversed(sealed.toString()).toString() }),
}

test('the sealing key survives a restart, and the change from the old keyring calls to the new', async () => {
  let keptKeys: readonly string[] = []
  const through = (keyring: Keyring) =>
    openSeal({
      keyring,
      platform: 'linux',
      keptKeys,
      keepKeys: (keys) => (keptKeys = keys),
      report: (error) => reported.push(error),
    })

  const sealed = (await through(old))!.seal(token, 'x')
  expect((await through(old))!.open(sealed, 'x')).toBe(token)
  expect((await through(newer))!.open(sealed, 'x')).toBe(token)
  expect(reported).toEqual([])
})

test('a keyring that protects nothing is not used', async () => {
  const through = (keyring: Keyring, platform: NodeJS.Platform) =>
    openSeal({ keyring, platform, keptKeys: [], keepKeys: () => {}, report: () => {} })
  expect(await through({ ...old, getSelectedStorageBackend: () => 'basic_text' }, 'linux')).toBeUndefined()
  expect(await through({ ...old, isEncryptionAvailable: () => false }, 'darwin')).toBeUndefined()
  expect(await through({ ...newer, isAsyncEncryptionAvailable: () => Promise.resolve(false) }, 'win32')).toBeUndefined()
})

test('a keyring that was reset means signing in anew, not a crash', async () => {
  const broken = {
    ...old,
    decryptString: () => {
      throw new Error('wrong key')
    },
  }
  let kept: readonly string[] = []
  const seal = await openSeal({
    keyring: broken,
    platform: 'linux',
    keptKeys: ['AAAA'],
    keepKeys: (keys) => (kept = keys),
    report: (error) => reported.push(error),
  })
  expect([seal === undefined, kept[1], kept.length, reported.length]).toEqual([false, 'AAAA', 2, 1])
})

test('settings fall back one by one when the file holds nonsense', () => {
  const stored = (store: Record<string, unknown>) => createSettings({ read: () => [store], write: () => {} })
  const damaged = stored({
    window: { bounds: 'big' },
    hosting: { isWanted: true, port: 4546 },
    keepsPlainSignIns: 'yes',
    signInKey: 5,
  })
  expect(damaged.read()).toEqual({
    window: undefined,
    hosting: { isWanted: true, port: 4546 },
    keepsPlainSignIns: false,
    signInKey: undefined,
    earlierSignInKeys: [],
  })
  expect(stored({}).read().hosting).toEqual({ isWanted: false })
})

test('changing one setting keeps the others', () => {
  let kept: Record<string, unknown> = { hosting: { isWanted: true, port: 4546 } }
  const settings = createSettings({ read: () => [kept], write: (changed) => (kept = changed) })
  settings.change({ keepsPlainSignIns: true })
  expect(kept).toMatchObject({ hosting: { isWanted: true, port: 4546 }, keepsPlainSignIns: true })
})
