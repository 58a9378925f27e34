import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import type { FileId } from '#shared/protocol/ids'
import { newBytes, ownFile, sendFiles } from './own-files'
import { entry, ok, openScripted, post, you } from './scripted-server'
import { startClient, value, type Device } from './start-client'

const fileId = randomUUID() as FileId
const join = (device: Device, url: string) =>
  value(device.calls.joinRoom({ name: 'Grace', address: `${url}/ABC234`, remember: true }))

test.each([
  ['another server', 'http://evil.example/files/'],
  ['another server without saying so', '//evil.example/files/'],
  ['another server behind a backslash', '\\\\evil.example/files/'],
  ['a script', 'javascript:alert(1)//files/'],
  ['a page of its own', '/index.html?'],
  ['another file', '/files/other?'],
  ['a way around', '/files/../uploads/'],
  ['data', 'data:text/html,'],
  ['more than an address holds', `/files/${'x'.repeat(3_000)}`],
])('an address of a file that names %s is not taken for one', async (_what, start) => {
  const { url } = await openScripted((command) =>
    command === 'open_file' ? ok({ path: `${start}${fileId}`, expiresAt: 1 }) : ok(entry),
  )
  const grace = startClient({ url })
  const { key } = await join(grace, url)

  expect(await grace.calls.openFile({ key, fileId })).toEqual({ ok: false, error: { code: 'internal' } })
  expect(grace.reported.splice(0).map((error) => (error as Error).message)).toEqual([
    'open_file answers a path that is not of that file',
  ])
})

const say = (status: number, headers: Record<string, string> = {}) => ({
  head: (response: ServerResponse) => response.writeHead(status, headers).end(),
})
const stands = (offset: string, length = '1000') => ({ 'Upload-Offset': offset, 'Upload-Length': length })
const floods = (response: ServerResponse) => {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  }
  response.on('drain', more).writeHead(200, stands('0'))
  more()
}
const whole = say(200, stands('0')).head

interface Upload {
  head: (response: ServerResponse) => unknown
  patch?: (response: ServerResponse) => unknown
}
const uploads: Readonly<Record<string, Upload>> = {
  'no offset': say(200),
  'an offset that is no number': say(200, stands('soon')),
  'an offset before the beginning': say(200, stands('-5')),
  'an offset behind the end': say(200, stands('5000')),
  'an end that is not the end': say(200, stands('500', '500')),
  'somebody else': say(302, { Location: 'http://127.0.0.1:1/' }),
  'no such upload': say(404),
  'a fault': say(500),
  'nothing at all': { head: (response) => response.destroy() },
  'bytes without end': { head: whole, patch: floods },
  'that it has all of it, which is not so': say(200, stands('1000')),
  'that it took nothing': { head: whole, patch: say(204, stands('0')).head },
  'that it took more than it was sent': { head: whole, patch: say(204, stands('2000')).head },
  'that it took what it does not say': { head: whole, patch: say(204).head },
  'a fault in the middle': { head: whole, patch: say(500).head },
}

async function sendTo({ head, patch = head }: Upload) {
  let posted = 0
  const { url } = await openScripted(
    (command, { clientKey, text }) => {
      if (command === 'add_file') return ok({ isStored: false })
      if (command !== 'send_message') return ok(entry)
      const author = { memberId: you.memberId, name: you.name }
      return ok({ message: post(++posted, { clientKey, text, author }) })
    },
    ({ method }, response) => (method === 'HEAD' ? head : patch)(response),
  )
  const grace = startClient({ url })
  const { key } = await join(grace, url)
  const bytes = newBytes(1_000)
  await sendFiles(grace, key, 'the plan', [[ownFile(bytes), bytes]])
  await grace.say(key, 'and a word')
  const failed = await grace.until('an end', () => grace.room(key)?.pending[0]?.failed)
  return { failed, texts: grace.texts(key) }
}

test('whatever a server says of an upload, the message fails, says so, and the next one is sent', async () => {
  const ends = await Promise.all(Object.values(uploads).map(sendTo))

  expect(Object.fromEntries(Object.keys(uploads).map((what, place) => [what, ends[place]]))).toEqual(
    Object.fromEntries(
      Object.keys(uploads).map((what) => [
        what,
        { failed: isOfTheNetwork.has(what) ? 'timed_out' : 'internal', texts: ['and a word'] },
      ]),
    ),
  )
})

const isOfTheNetwork = new Set(['somebody else', 'nothing at all'])
