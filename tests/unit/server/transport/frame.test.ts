import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Receiver } from 'ws'
import { textFrame } from '../../../../src/server/transport/frame'

function read(bytes: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const texts: string[] = []
    const receiver = new Receiver({ isServer: false })
    receiver.on('message', (message: Buffer, isBinary: boolean) => texts.push(isBinary ? 'binary' : message.toString()))
    receiver.on('error', reject)
    receiver.write(bytes, () => resolve(texts))
  })
}

test('frames of every length are read back as they were', async () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]
  for (const length of lengths) expect(await read(textFrame('x'.repeat(length)))).toEqual(['x'.repeat(length)])
})

test('frames one after another are read back in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 })), async (texts) => {
      expect(await read(Buffer.concat(texts.map(textFrame)))).toEqual(texts)
    }),
    { seed: 3, numRuns: 200 },
  )
})
