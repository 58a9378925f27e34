import * as v from 'valibot'
import type { OwnFile } from '#shared/bridge'
import { commands } from '#shared/protocol/contract'
import type { ClientKey, FileId } from '#shared/protocol/ids'
import { Caption, tooLarge } from '#shared/protocol/text'
import type { OwnFiles } from '../own-files'
import type { RoomCalls } from '../door'
import { commandOf, isChange, isFailedChangeOf, isUnder, type Queued, type QueuedMessage } from '../queued'
import { attachmentsOf } from '../queued-files'
import type { OpenRoom } from '../room'
import { createTurns } from '../turns'
import type { Typing } from '../typing'
import { done, refuse, type Answering } from './answering'

export interface TalkingOptions {
  typing: Typing
  ownFiles: OwnFiles
  now: () => number
  report: (error: unknown) => void
  /** Sends what waits in a room, if it is connected. */
  deliver: (room: OpenRoom) => void
  /** Lets the server forget files that no message will have. */
  drop: (room: OpenRoom, fileIds: readonly FileId[]) => void
}

type Calls = Pick<RoomCalls, 'sendMessage' | 'changePending' | 'changeMessage'>

/** What a person says, and says differently. */
export function createTalking({ inRoom }: Answering, options: TalkingOptions): Calls {
  const { typing, ownFiles, now, report, deliver, drop } = options
  const inTurn = createTurns<OpenRoom>()

  /** Kept on the device and then on its way, or refused. */
  function keep(room: OpenRoom, change: () => 'conflict' | 'invalid_request' | undefined | void) {
    const before = room.outbox.files.all()
    try {
      const problem = change()
      if (problem) return refuse(problem)
    } catch (error) {
      report(error)
      return refuse('not_kept')
    }
    const gone = before.filter(({ fileId }) => !room.outbox.files.find(fileId))
    drop(
      room,
      gone.map(({ fileId }) => fileId),
    )
    room.tellPending()
    deliver(room)
    return done
  }

  const settle = (room: OpenRoom, which: (queued: Queued) => boolean, how: 'retry' | 'discard') =>
    keep(room, () => room.outbox[how](which))

  function write(room: OpenRoom, message: QueuedMessage) {
    typing.set(room, false)
    return keep(room, () => room.outbox.add(message))
  }

  /** Answers what is known under a message's key already. */
  function repeated(room: OpenRoom, { clientKey, text }: Written, files: readonly OwnFile[]) {
    const known = room.outbox.find(clientKey)
    if (known) return !isChange(known) && known.text === text && areSame(known.files ?? [], files) ? done : conflict
    return files.some(({ fileId }) => room.outbox.files.find(fileId)) ? conflict : undefined
  }

  async function writeWithFiles(room: OpenRoom, message: QueuedMessage, files: readonly OwnFile[]) {
    const answer = repeated(room, message, files)
    if (answer) return answer
    try {
      const finished = await ownFiles.finish(room, files)
      return finished ? write(room, { ...message, files: finished }) : refuse('invalid_request', 'files')
    } catch (error) {
      report(error)
      return refuse('not_kept')
    }
  }

  function changeFile(room: OpenRoom, fileId: FileId, how: 'pause' | 'resume' | 'discard') {
    if (how !== 'discard') return keep(room, () => room.outbox.files.pause(fileId, how === 'pause'))
    if (room.outbox.files.find(fileId)) return keep(room, () => room.outbox.files.discard(fileId))
    // Chosen, and then not sent.
    ownFiles.forget([fileId])
    return done
  }

  return {
    sendMessage: inRoom((room, { key: _, files, ...written }) => {
      const attachments = files && { attachments: attachmentsOf(files) }
      const input = v.safeParse(commands.send_message.input, { roomId: room.roomId, ...written, ...attachments })
      if (!input.success) return refuseInput(input.issues)
      const { clientKey, text, replyTo } = input.output
      if (!files && text.trim() === '') return refuse('invalid_request', 'text')

      const message = { clientKey, text, ...(replyTo !== undefined && { replyTo }), writtenAt: now() }
      if (files) return inTurn(room, () => writeWithFiles(room, message, files))
      return repeated(room, message, []) ?? write(room, message)
    }),
    changePending: inRoom((room, input) => {
      if ('seq' in input) return settle(room, isFailedChangeOf(input.seq), input.change.kind)
      if ('fileId' in input) return changeFile(room, input.fileId, input.change.kind)
      const { clientKey, change } = input
      if (change.kind !== 'edit') return settle(room, isUnder(clientKey), change.kind)
      const text = v.safeParse(Caption, change.text)
      if (!text.success) return refuseInput(text.issues)
      return keep(room, () => edit(room, clientKey, text.output))
    }),
    changeMessage: inRoom((room, { seq, change }) => {
      const { name, input } = commandOf(room.roomId, seq, change)
      const wanted = v.safeParse(commands[name].input, input)
      if (!wanted.success) return refuseInput(wanted.issues)
      return keep(room, () => room.outbox.addChange(seq, change))
    }),
  }
}

type Written = Pick<QueuedMessage, 'clientKey' | 'text'>

const conflict = refuse('conflict')

const areSame = (known: readonly OwnFile[], files: readonly OwnFile[]): boolean =>
  known.length === files.length && known.every(({ fileId }, place) => fileId === files[place]?.fileId)

function edit(room: OpenRoom, clientKey: ClientKey, text: string): 'conflict' | 'invalid_request' | undefined {
  if (room.outbox.edit(clientKey, text)) return undefined
  if (text.trim() === '') return 'invalid_request'
  const { messages, you } = room.snapshot()
  const posted = messages.find((one) => one.clientKey === clientKey && one.author.memberId === you.memberId)
  return posted ? room.outbox.addChange(posted.seq, { kind: 'edit', text }) : 'invalid_request'
}

function refuseInput(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]) {
  const isTooLarge = issues.some(({ message }) => message === tooLarge)
  const isOfFiles = issues.some(({ path }) => path?.[0].key === 'attachments')
  return refuse(isTooLarge ? tooLarge : 'invalid_request', isOfFiles ? 'files' : 'text')
}
