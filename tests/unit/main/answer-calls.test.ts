import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { CallName, ClientReply } from '#shared/bridge'
import { answerCalls, type DesktopCalls } from '../../../src/main/ipc/answer-calls'
import { inputs } from '../../../src/main/ipc/inputs'

type Handler = (event: unknown, ...args: unknown[]) => Promise<ClientReply<unknown>>

const names = Object.keys(inputs) as CallName[]
const handlers = new Map<string, Handler>()
const reached: [CallName, unknown][] = []
const reported: unknown[] = []
let fails: Error | undefined

const calls = Object.fromEntries(
  names.map((name) => [
    name,
    (input: unknown) => {
      reached.push([name, input])
      if (fails) throw fails
      return { ok: true, value: {} }
    },
  ]),
) as unknown as DesktopCalls

beforeEach(() => {
  for (const list of [reached, reported]) list.length = 0
  handlers.clear()
  fails = undefined
  const ipc = { handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) }
  answerCalls(ipc as unknown as Parameters<typeof answerCalls>[0], calls, (error) => reported.push(error))
})

const frame = { url: 'parlor-app://ui/#/room', parent: null }
const ours = { senderFrame: frame, sender: { mainFrame: frame } }
const ask = (name: CallName, event: unknown, ...args: unknown[]) => handlers.get(`parlor:${name}`)!(event, ...args)

const key = 'http://192.168.1.5:4545/ABC234'
const clientKey = '0190b2a4-7f2e-7cc0-a3f1-0242ac120002'
const fileId = clientKey
const ownFile = { fileId, name: 'plan.pdf', type: 'application/pdf', size: 3, looks: {} }
const good: { [C in CallName]: unknown } = {
  getState: {},
  hostRoom: { name: 'Ada', title: 'Lobby', retention: { days: 3 }, remember: true },
  joinRoom: { name: 'Ada', address: 'abc-234', remember: false },
  leaveRoom: { key: 'http://this-computer/ABC234', how: 'leave' },
  changeRoom: { key, title: 'Ops' },
  sendMessage: { key, clientKey, text: 'hello', replyTo: 3 },
  keepFile: { key, fileId: clientKey, offset: 0, bytes: new Uint8Array([1, 2, 3]) },
  changePending: { key, clientKey, change: { kind: 'edit', text: 'hallo' } },
  openFile: { key, fileId: clientKey },
  saveFile: { key, fileId: clientKey, name: 'plan.pdf' },
  changeMessage: { key, seq: 4, change: { kind: 'react', emoji: '🎉' } },
  fetchMessages: { key, where: { around: 4 } },
  searchMessages: { query: 'hello', key, lastHit: { key, seq: 4, sentAt: 1 } },
  showPresence: { key, readSeq: 4, hidden: true },
  openDirect: { key, memberId: clientKey },
  blockMember: { key, memberId: clientKey, blocked: true },
  reconnect: { server: 'https://chat.example.com' },
  stopHosting: {},
  copyText: { text: 'ABC234' },
  openLink: { url: 'https://example.com' },
}

test('there is one channel per call, twenty at most', () => {
  expect([...handlers.keys()]).toEqual(names.map((name) => `parlor:${name}`))
  expect(handlers.size).toBeLessThanOrEqual(20)
})

test('every call is answered when it is asked for rightly', async () => {
  for (const name of names) expect(await ask(name, ours, good[name])).toEqual({ ok: true, value: {} })
  expect(reached.map(([name]) => name)).toEqual(names)
})

test.each<[CallName, unknown]>([
  ['reconnect', { server: 'http://this-computer', copy: 'parlor-2030-01-01T00-00-00-000Z-daily.db' }],
  ['changePending', { key, clientKey, change: { kind: 'retry' } }],
  ['changePending', { key, clientKey, change: { kind: 'edit', text: '' } }],
  ['changePending', { key, fileId, change: { kind: 'pause' } }],
  ['sendMessage', { key, clientKey, text: '', files: [ownFile, { ...ownFile, thumbnailOf: fileId }] }],
  ['changePending', { key, seq: 4, change: { kind: 'discard' } }],
  ['changeMessage', { key, seq: 4, change: { kind: 'edit', text: 'hallo' } }],
  ['changeMessage', { key, seq: 4, change: { kind: 'unpin' } }],
  ['changeMessage', { key, seq: 4, change: { kind: 'delete' } }],
  ['fetchMessages', { key, where: { before: 4 } }],
  ['fetchMessages', { key, where: { after: 0 } }],
  ['fetchMessages', { key, where: { pinned: true } }],
  ['searchMessages', { query: 'hello' }],
  ['sendMessage', { key, clientKey, text: 'hello' }],
  ['blockMember', { key, directsFrom: 'known' }],
])('%s is also answered when asked for with %j', async (name, input) => {
  expect(await ask(name, ours, input)).toEqual({ ok: true, value: {} })
  expect(reached).toEqual([[name, input]])
})

test.each<[CallName, unknown]>([
  ['changePending', { key, seq: 4, change: { kind: 'edit', text: 'hallo' } }],
  ['changePending', { key, fileId, clientKey, change: { kind: 'discard' } }],
  ['changePending', { key, fileId, change: { kind: 'retry' } }],
  ['sendMessage', { key, clientKey, text: 'hello', files: [] }],
  ['sendMessage', { key, clientKey, text: 'hello', files: Array.from({ length: 21 }, () => ownFile) }],
  ['sendMessage', { key, clientKey, text: 'hello', files: [{ ...ownFile, size: 0 }] }],
  ['sendMessage', { key, clientKey, text: 'hello', files: [{ ...ownFile, type: 'text/html' }] }],
  ['sendMessage', { key, clientKey, text: 'hello', files: [{ ...ownFile, looks: { waveform: [101] } }] }],
  ['sendMessage', { key, clientKey, text: 'hello', files: [{ ...ownFile, path: '/etc/passwd' }] }],
  ['keepFile', { key, fileId, offset: -1, bytes: new Uint8Array(1) }],
  ['keepFile', { key, fileId, offset: 0, bytes: new Uint8Array(0) }],
  ['keepFile', { key, fileId, offset: 0, bytes: new Uint8Array(1_048_577) }],
  ['keepFile', { key, fileId, offset: 0, bytes: [1, 2, 3] }],
  ['keepFile', { key, fileId: '../../etc/passwd', offset: 0, bytes: new Uint8Array(1) }],
  ['openFile', { key, fileId: 'a' }],
  ['saveFile', { key, fileId, name: ' ' }],
  ['changePending', { key, seq: 4, clientKey, change: { kind: 'retry' } }],
  ['changeMessage', { key, seq: 0, change: { kind: 'delete' } }],
  ['changeMessage', { key, seq: 4, change: { kind: 'delete', text: 'and more' } }],
  ['changeMessage', { key, seq: 4, change: { kind: 'react', emoji: 'lol' } }],
  ['changeMessage', { key, seq: 4, change: { kind: 'edit', text: ' ' } }],
  ['fetchMessages', { key, where: { before: 4, after: 1 } }],
  ['fetchMessages', { key, where: {} }],
  ['fetchMessages', { key, where: { pinned: false } }],
  ['searchMessages', { query: ' ' }],
])('%s is refused when asked for with %j', async (name, input) => {
  expect(await ask(name, ours, input)).toMatchObject({ ok: false, error: { code: 'invalid_request' } })
  expect(reached).toEqual([])
})

test('nobody but our own interface in the main frame is answered', async () => {
  const other = { url: 'parlor-app://ui/', parent: null }
  const child = { url: 'parlor-app://ui/', parent: frame }
  const at = (url: string) => {
    const mainFrame = { url, parent: null }
    return { senderFrame: mainFrame, sender: { mainFrame } }
  }
  const strangers = [
    { senderFrame: null, sender: { mainFrame: frame } },
    { senderFrame: other, sender: { mainFrame: frame } },
    { senderFrame: child, sender: { mainFrame: child } },
    ...[
      'https://evil.example/',
      'https://ui/',
      'file:///index.html',
      'about:blank',
      'data:text/html,x',
      'parlor-app://ui.evil.example/',
      'parlor-app://evil.example/parlor-app://ui/',
      'parlor-app://ui@evil.example/',
      'parlor-app://ui:1/',
      'parlor-app-evil://ui/',
      'xparlor-app://ui/',
      '',
      'parlor-app:',
    ].map(at),
  ]
  for (const stranger of strangers) {
    for (const name of names) {
      expect(await ask(name, stranger, good[name])).toEqual({ ok: false, error: { code: 'forbidden' } })
    }
  }
  expect(reached).toEqual([])
})

test('what is not exactly a call’s input is refused and reaches nothing', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.anything({ withBigInt: true, withDate: true, withMap: true }),
      async (name, value) => {
        const isNothing = typeof value === 'object' && value !== null && Object.keys(value).length === 0
        fc.pre(!isNothing)
        const answer = await ask(name, ours, value)
        expect(answer.ok).toBe(false)
      },
    ),
    { numRuns: 2_000, seed: 5 },
  )
  expect(reached).toEqual([])
  expect(reported).toEqual([])
})

test('a right input with anything more, less or different in it is refused', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.string({ minLength: 1 }),
      fc.anything(),
      async (name, field, value) => {
        fc.pre(!Object.hasOwn(good[name] as object, field))
        const answer = await ask(name, ours, { ...(good[name] as object), [field]: value })
        // An own field called __proto__ is dropped by the spread of a literal, not smuggled in.
        if (field !== '__proto__') expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_request' } })
      },
    ),
    { numRuns: 1_000, seed: 6 },
  )
  for (const name of names) {
    for (const args of [[], [good[name], good[name]], [[good[name]]], [JSON.stringify(good[name])]]) {
      expect((await ask(name, ours, ...args)).ok).toBe(false)
    }
  }
})

test('a prototype in the input changes nothing', async () => {
  const polluted: unknown = JSON.parse('{"__proto__":{"isAdmin":true},"key":"http://192.168.1.5:4545/ABC234"}')
  const answer = await ask('changeRoom', ours, polluted)
  if (answer.ok) expect(reached).toEqual([['changeRoom', { key }]])
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
})

test('a huge text is refused at once', async () => {
  const huge = 'x'.repeat(50_000_000)
  const startedAt = performance.now()
  for (const [name, field] of [
    ['sendMessage', 'text'],
    ['searchMessages', 'query'],
    ['joinRoom', 'address'],
    ['leaveRoom', 'key'],
    ['copyText', 'text'],
  ] as const) {
    expect((await ask(name, ours, { ...(good[name] as object), [field]: huge })).ok).toBe(false)
  }
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('room keys that only look like one are refused', async () => {
  const keys = [
    'ABC234',
    '/ABC234',
    'http://a.example',
    'http://a.example/',
    'http://a.example/x/ABC234',
    'http://u:p@a.example/ABC234',
  ]
  const more = [
    'file:///ABC234',
    'http://A.example/ABC234',
    'http://a.example/abc234',
    'http://a.example/ABC23!',
    'javascript:x/ABC234',
  ]
  for (const wrong of [...keys, ...more])
    expect((await ask('leaveRoom', ours, { key: wrong, how: 'leave' })).ok).toBe(false)
})

test('an exception is reported and answered without its words', async () => {
  fails = new Error('the secret sentence')
  expect(await ask('getState', ours, {})).toEqual({ ok: false, error: { code: 'internal' } })
  expect(reported).toEqual([fails])
})
