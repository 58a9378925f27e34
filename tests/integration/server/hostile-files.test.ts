import { expect, test } from 'vitest'
import { announce, bytesOf, draftOf, post, read, upload } from '../../support/files'
import { hostileBytes, png } from '../../support/hostile-bytes'
import { hostileNames, refusedNames } from '../../support/hostile-names'
import { newKey, openParlor } from '../../support/open-parlor'

const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\s*\.|$)/iu
const mostGrowth = 120_000_000

/** What the transport adds of itself is none of the file's. */
const carried = new Set(['connection', 'keep-alive', 'date', 'content-length', 'accept-ranges', 'transfer-encoding'])

function headersOf(answer: Response): Record<string, string> {
  return Object.fromEntries([...answer.headers].filter(([name]) => !carried.has(name)))
}

/** The headers under which a file of some type must come, all of them. */
const servedAs = (type: string) => ({
  'content-type': type,
  'content-disposition': expect.stringMatching(
    /^attachment; filename="[\x20\x21\x23\x24\x26-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/,
  ) as string,
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
})

const savedAs = (answer: Response): string =>
  decodeURIComponent(answer.headers.get('content-disposition')?.split("filename*=UTF-8''")[1] ?? '')

test('a file is never more than its bytes say, and comes back as it was, as an attachment', async () => {
  const parlor = await openParlor({ limits: { memberFileBytes: Infinity } })
  const ada = await parlor.host('ada')
  const before = process.memoryUsage().rss

  for (const { name, bytes, type } of hostileBytes) {
    const draft = await upload(parlor.url, ada, draftOf(bytes, { name }))
    const { message } = await post(ada, [draft])
    const answer = await read(parlor.url, ada, draft.fileId)
    expect({ name, type: message.attachments[0]?.type, status: answer.status }).toEqual({ name, type, status: 200 })
    expect({ name, ...headersOf(answer) }).toEqual({ name, ...servedAs(type) })
    expect([name, (await bytesOf(answer)).equals(bytes)]).toEqual([name, true])
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(mostGrowth)
}, 60_000)

test('a name gets out of no folder and no header, and is one a disk can keep', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')

  for (const name of hostileNames) {
    const draft = await upload(parlor.url, ada, draftOf(Buffer.from(name), { name }))
    const { message } = await post(ada, [draft])
    expect(message.attachments).toMatchObject([{ name }])
    const answer = await read(parlor.url, ada, draft.fileId)
    expect({ name, ...headersOf(answer) }).toEqual({ name, ...servedAs('application/octet-stream') })
    const saved = savedAs(answer)
    expect([name, /[\p{Cc}\p{Cf}/\\:<>"|?*]|^[\s.]|[\s.]$/u.test(saved), device.test(saved)]).toEqual([
      name,
      false,
      false,
    ])
    expect(Buffer.byteLength(saved)).toBeLessThanOrEqual(120)
  }
})

test('a name that is none is refused', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  for (const name of refusedNames) {
    const reply = await announce(ada, draftOf(Buffer.from('x'), { name }))
    expect([name, reply]).toEqual([
      name,
      { ok: false, error: { code: expect.stringMatching(/^(invalid_request|too_large)$/) as string, field: 'name' } },
    ])
  }
})

test('an image is as large as its header says, however it was held, and whatever its sender says', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const sizes: Record<string, unknown> = {}
  for (const { name, bytes } of hostileBytes.filter(({ type }) => type.startsWith('image/'))) {
    const looks = { width: 1, height: 1, durationMs: 5 }
    const draft = await upload(parlor.url, ada, draftOf(bytes, { name, looks }))
    const { message } = await post(ada, [draft])
    const { width, height, durationMs } = message.attachments[0]!
    sizes[name] = [width, height, durationMs]
  }
  expect(sizes).toMatchObject({
    'huge.png': [30_000, 30_000, undefined],
    'turned.jpg': [30, 40, undefined],
    'huge.gif': [65_535, 65_535, undefined],
    'small.webp': [40, 30, undefined],
    'png-and-page.html': [4, 3, undefined],
  })
})

test('a voice note is sound, whatever its container can hold', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  const { bytes } = hostileBytes.find(({ name }) => name === 'film.webm')!
  const looks = { durationMs: 900, waveform: [1, 2, 3] }
  const draft = await upload(parlor.url, ada, draftOf(bytes, { name: 'voice.webm', looks }))
  const { message } = await post(ada, [draft])
  expect(message.attachments).toMatchObject([{ type: 'audio/webm', ...looks }])
})

test('looks that are none are refused', async () => {
  const parlor = await openParlor()
  const ada = await parlor.host('ada')
  for (const looks of [
    { preview: 'javascript:alert(1)' },
    { preview: 'A'.repeat(65) },
    { waveform: Array.from({ length: 65 }, () => 1) },
    { waveform: [101] },
    { width: 1e9 },
    { onload: 'alert(1)' },
  ]) {
    const announced = { ...draftOf(png(4, 3)), looks }
    const { bytes: _, ...input } = announced
    const reply = await ada.ask('add_file', { roomId: ada.roomId, ...input, fileId: newKey() })
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_request' } })
  }
})
