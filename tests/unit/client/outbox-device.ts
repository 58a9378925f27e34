import type { RoomKey } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import type { ClientStorage } from '../../../src/client/door'
import { createOutbox } from '../../../src/client/outbox'
import { openSaved } from '../../../src/client/saved'
import { uuid } from './messages'

export const key = 'http://192.168.1.5:4545/ABC234' as RoomKey
export const written = (number: number) => ({ clientKey: uuid(number), text: `${number}`, writtenAt: number })

/** What a device keeps of an outbox, and what the outbox says of it. */
export function outboxDevice() {
  const kept = new Map<string, string>()
  const storage: ClientStorage = {
    read: (name) => (JSON.parse(kept.get(name) ?? 'null') as unknown) ?? undefined,
    write(name, value) {
      if (value === undefined) kept.delete(name)
      else kept.set(name, JSON.stringify(value))
    },
  }
  const reported: unknown[] = []
  const forgotten: FileId[] = []
  const report = (error: unknown) => void reported.push(error)
  const open = () =>
    createOutbox(key, {
      saved: openSaved(storage, report),
      forgetFiles: (fileIds) => void forgotten.push(...fileIds),
      report,
    })
  const stored = () => {
    const outbox = open()
    return [...outbox.messages(), ...outbox.changes()]
  }
  return { open, kept, storage, reported, forgotten, stored }
}
