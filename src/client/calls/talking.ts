import * as v from 'valibot'
import { commands } from '#shared/protocol/contract'
import type { ClientKey } from '#shared/protocol/ids'
import { MessageText, tooLarge } from '#shared/protocol/text'
import type { RoomCalls } from '../door'
import { commandOf, isChange, isFailedChangeOf, isUnder, type Queued } from '../queued'
import type { OpenRoom } from '../room'
import type { Typing } from '../typing'
import { done, refuse, type Answering } from './answering'

export interface TalkingOptions {
  typing: Typing
  now: () => number
  report: (error: unknown) => void
  /** Sends what waits in a room, if it is connected. */
  deliver: (room: OpenRoom) => void
}

type Calls = Pick<RoomCalls, 'sendMessage' | 'changePending' | 'changeMessage'>

/** What a person says, and says differently. */
export function createTalking({ inRoom }: Answering, { typing, now, report, deliver }: TalkingOptions): Calls {
  /** Kept on the device and then on its way, or refused. */
  function keep(room: OpenRoom, change: () => 'conflict' | 'invalid_request' | undefined | void) {
    try {
      const problem = change()
      if (problem) return refuse(problem)
    } catch (error) {
      report(error)
      return refuse('not_kept')
    }
    room.tellPending()
    deliver(room)
    return done
  }

  const settle = (room: OpenRoom, which: (queued: Queued) => boolean, how: 'retry' | 'discard') =>
    keep(room, () => room.outbox[how](which))

  return {
    sendMessage: inRoom((room, { key: _, ...written }) => {
      const input = v.safeParse(commands.send_message.input, { roomId: room.roomId, ...written })
      if (!input.success) return refuseText(input.issues)

      const { clientKey, text, replyTo } = input.output
      const message = { clientKey, text, ...(replyTo !== undefined && { replyTo }), writtenAt: now() }
      const known = room.outbox.find(clientKey)
      if (known) return !isChange(known) && known.text === text ? done : refuse('conflict')
      typing.set(room, false)
      return keep(room, () => room.outbox.add(message))
    }),
    changePending: inRoom((room, input) => {
      if ('seq' in input) return settle(room, isFailedChangeOf(input.seq), input.change.kind)
      const { clientKey, change } = input
      if (change.kind !== 'edit') return settle(room, isUnder(clientKey), change.kind)
      const text = v.safeParse(MessageText, change.text)
      if (!text.success) return refuseText(text.issues)
      return keep(room, () => edit(room, clientKey, text.output))
    }),
    changeMessage: inRoom((room, { seq, change }) => {
      const { name, input } = commandOf(room.roomId, seq, change)
      const wanted = v.safeParse(commands[name].input, input)
      if (!wanted.success) return refuseText(wanted.issues)
      return keep(room, () => room.outbox.addChange(seq, change))
    }),
  }
}

function edit(room: OpenRoom, clientKey: ClientKey, text: string): 'conflict' | 'invalid_request' | undefined {
  if (room.outbox.edit(clientKey, text)) return undefined
  const { messages, you } = room.snapshot()
  const posted = messages.find((one) => one.clientKey === clientKey && one.author.memberId === you.memberId)
  return posted ? room.outbox.addChange(posted.seq, { kind: 'edit', text }) : 'invalid_request'
}

const refuseText = (issues: readonly { message: string }[]) =>
  refuse(issues.some(({ message }) => message === tooLarge) ? tooLarge : 'invalid_request', 'text')
