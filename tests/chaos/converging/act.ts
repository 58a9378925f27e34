import { randomUUID } from 'node:crypto'
import type { MessageChange, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { ClientKey, MemberId } from '#shared/protocol/ids'
import { withChange } from '../../../src/renderer/conversation/with-change'
import { until } from '../waiting'
import type { Ground, Member } from './member'
import type { Promises } from './promises'
import type { Step } from './steps'

export interface Scene {
  key: RoomKey
  ground: Ground
  promises: Promises
  /** A text nobody has written yet. */
  nextText: () => string
}

const longestWaitMs = 300

/** Does one step. What it sets going over the network is not waited for. */
export async function act(step: Step, member: Member, scene: Scene): Promise<void> {
  switch (step.do) {
    case 'cut':
      member.cut()
      return
    case 'return':
      member.back()
      return
    case 'restart':
      return member.restart()
    case 'restartServer':
      return scene.ground.restart()
    case 'wait':
      await until(() => isDelivered(member), longestWaitMs)
      return
    case 'send':
      return send(member, scene, undefined)
    case 'revise':
      return revise(member, step.pick, scene)
    default:
      return change(step, member, scene)
  }
}

/** And on screen: news come a moment after the client has them. */
function isDelivered(member: Member): boolean {
  const [room, shown] = [member.room(), new Set(member.shown().map(({ seq }) => seq))]
  const isSettled = room?.pending.length === 0 && room.pendingChanges.every(({ failed }) => failed !== undefined)
  return isSettled && room.messages.every(({ seq }) => shown.has(seq))
}

async function send(member: Member, { key, promises, nextText }: Scene, replyTo: number | undefined) {
  const [clientKey, text] = [randomUUID() as ClientKey, nextText()]
  const message = { key, clientKey, text, ...(replyTo !== undefined && { replyTo }) }
  if ((await member.client().calls.sendMessage(message)).ok) promises.said(clientKey, text)
}

/** Edits a message that may not have left the device yet. */
async function revise(member: Member, pick: number, { key, promises, nextText }: Scene) {
  const pending = chosen(member.room()?.pending ?? [], pick)
  if (!pending) return
  const text = nextText()
  const wanted = { key, clientKey: pending.clientKey, change: { kind: 'edit', text } } as const
  if ((await member.client().calls.changePending(wanted)).ok) promises.said(pending.clientKey, text)
}

type OfMessage = Extract<Step, { do: 'answer' | 'edit' | 'delete' | 'react' | 'pin' | 'read' }>

async function change(step: OfMessage, member: Member, scene: Scene) {
  const { key, promises } = scene
  const you = member.room()?.you.memberId
  if (!you) return
  const isAuthors = step.do === 'edit' || step.do === 'delete'
  const message = chosen(
    shownBy(member, you).filter(({ author }) => !isAuthors || author.memberId === you),
    step.pick,
  )
  if (!message) return
  if (step.do === 'answer') return send(member, scene, message.seq)
  if (step.do === 'read') {
    await member.client().calls.showPresence({ key, readSeq: message.seq })
    return
  }
  if (message.deletedAt !== undefined) return

  const wanted = changeOf(step, message, you, scene)
  const { ok } = await member.client().calls.changeMessage({ key, seq: message.seq, change: wanted })
  if (ok) note(message, wanted, promises, you)
}

/** With what is on its way, as a window shows it. */
function shownBy(member: Member, you: MemberId): readonly Message[] {
  const changes = (member.room()?.pendingChanges ?? []).filter(({ failed }) => failed === undefined)
  return member
    .shown()
    .map((message) =>
      changes
        .filter(({ seq }) => seq === message.seq)
        .reduce((changed, one) => withChange(changed, one.change, you), message),
    )
}

type Changing = Exclude<OfMessage, { do: 'answer' | 'read' }>

function changeOf(step: Changing, message: Message, you: MemberId, { nextText }: Scene): MessageChange {
  switch (step.do) {
    case 'edit':
      return { kind: 'edit', text: nextText() }
    case 'delete':
      return { kind: 'delete' }
    case 'pin':
      return { kind: message.pinned ? 'unpin' : 'pin' }
    case 'react': {
      const isMine = message.reactions.some(({ emoji, memberIds }) => emoji === step.emoji && memberIds.includes(you))
      return { kind: isMine ? 'unreact' : 'react', emoji: step.emoji }
    }
  }
}

function note(message: Message, wanted: MessageChange, promises: Promises, you: MemberId) {
  if (wanted.kind === 'edit') promises.said(message.clientKey, wanted.text)
  if (wanted.kind === 'delete') promises.deleted(message.clientKey)
  if ('emoji' in wanted) promises.reacted(message, you, wanted.emoji, wanted.kind === 'react')
}

const chosen = <One>(all: readonly One[], pick: number): One | undefined =>
  all.length === 0 ? undefined : all[pick % all.length]
