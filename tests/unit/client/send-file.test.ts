import { expect, test } from 'vitest'
import { ownServer } from '#shared/address'
import type { FileId, RoomId, SessionToken } from '#shared/protocol/ids'
import { createLatch } from '../../../src/client/latch'
import { createSendFile, type FileOnItsWay } from '../../../src/client/send-file'

test('nothing is sent to the name of the own server while it cannot be reached', async () => {
  const sent: string[] = []
  const stop = createLatch()
  const sendFile = createSendFile({
    ask: () => {
      // Once is enough.
      stop.set()
      return Promise.resolve({ ok: true, value: { isStored: false } as never })
    },
    sendBytes: ({ url }) => {
      sent.push(url)
      return Promise.resolve({ kind: 'failed', code: 'timed_out' })
    },
    read: () => Promise.resolve(new Uint8Array()),
    dial: () => undefined,
    session: () => 'secret' as SessionToken,
    random: () => 0,
  })
  const room = { server: ownServer, roomId: 'ABC234' as RoomId }
  const file = { fileId: '018f0000-0000-4000-8000-00000000000a' as FileId, name: 'notes.txt', size: 3 }

  expect(await sendFile({ room, file, stop, onSent: () => undefined } as unknown as FileOnItsWay)).toEqual({
    kind: 'stopped',
  })
  expect(sent).toEqual([])
})
