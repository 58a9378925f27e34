import type { Message } from '#shared/protocol/entities'
import type { ClientKey, MemberId, RoomId } from '#shared/protocol/ids'

export const ada = '018f0000-0000-7000-8000-00000000000a' as MemberId
export const grace = '018f0000-0000-7000-8000-00000000000b' as MemberId
export const roomId = 'ABC234' as RoomId

const names: Readonly<Record<string, string>> = { [ada]: 'Ada', [grace]: 'Grace' }

/** A message of ada's; its key follows from its seq. */
export function said(seq: number, change: Partial<Omit<Message, 'author'>> & { by?: MemberId } = {}): Message {
  const { by = ada, ...rest } = change
  return {
    roomId,
    seq,
    rev: seq,
    clientKey: `018f0000-0000-7000-8000-${String(seq).padStart(12, '0')}` as ClientKey,
    author: { memberId: by, name: names[by] ?? 'Somebody' },
    text: `message ${seq}`,
    sentAt: at('10:00'),
    pinned: false,
    reactions: [],
    attachments: [],
    ...rest,
  }
}

/** A local time of one day. */
export const at = (time: string, day = '2026-03-03'): number => new Date(`${day}T${time}:00`).getTime()
