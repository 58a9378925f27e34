import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { createFrameCount, watchFrames } from '../../../../src/server/transport/watch-frames'

function frame(length: number, opcode = 0x81): Buffer {
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const bytes = Buffer.alloc(size + 4 + length, 0xff)
  bytes[0] = opcode
  bytes[1] = 0x80 | (size === 2 ? length : size === 4 ? 126 : 127)
  if (size === 4) bytes.writeUInt16BE(length, 2)
  if (size === 10) bytes.writeBigUInt64BE(BigInt(length), 2)
  return bytes
}

const sent = [0, 5, 125, 126, 70_000, 0, 65_535, 65_536, 3].map((length) => frame(length))

test.each([1, 2, 3, 7, 1_000, 1_000_000])('frames of all lengths are counted, arriving %i bytes at a time', (step) => {
  const count = createFrameCount()
  const bytes = Buffer.concat(sent)
  let counted = 0
  for (let at = 0; at < bytes.length; at += step) counted += count(bytes.subarray(at, at + step))

  expect(counted).toBe(sent.length)
})

test('pings, pongs, empty frames and pieces count like any other', () => {
  const count = createFrameCount()
  expect(count(Buffer.concat([0x89, 0x8a, 0x01, 0x00, 0x80, 0x81].map((opcode) => frame(0, opcode))))).toBe(6)
})

test('what is over the limit is not parsed, though the parser was there first', async () => {
  const parsed: Buffer[] = []
  const closedFor: string[] = []
  const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })
  socket.on('data', (chunk: Buffer) => parsed.push(chunk))
  watchFrames(socket, {
    isOver: (frames) => frames > 100,
    mostUnread: 1_000,
    close(reason) {
      closedFor.push(reason)
      socket.destroy()
    },
  })
  socket.push(frame(5))
  await expect.poll(() => parsed.length).toBe(1)
  socket.push(Buffer.concat(Array.from({ length: 5_000 }, () => frame(0))))

  await expect.poll(() => closedFor).toEqual(['too_many_frames'])
  expect(parsed).toEqual([frame(5)])
})
