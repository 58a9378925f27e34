import type { ClientError } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import type { Ask } from './ask'
import { ContractBreach } from './breach'
import { commandOf, isChange, type Queued, type QueuedChange, type QueuedMessage } from './queued'
import { attachmentsOf } from './queued-files'
import type { OpenRoom } from './room'
import type { Link } from './transport/link'

/** Tells the server of one thing that waits, once; answers what went wrong, if anything did. */
export type AskFor = (room: OpenRoom, link: Link, queued: Queued) => Promise<ClientError | undefined>

export function createAskFor({ ask, report }: { ask: Ask; report: (error: unknown) => void }): AskFor {
  async function post(room: OpenRoom, link: Link, message: QueuedMessage): Promise<ClientError | undefined> {
    const { roomId } = room
    const { clientKey, text, replyTo, files, earlierTexts = [] } = message
    const attachments = files && attachmentsOf(files)
    const wanted = { roomId, clientKey, ...(replyTo !== undefined && { replyTo }), ...(attachments && { attachments }) }
    let error: ClientError | undefined
    // `conflict`: it was posted before it was edited here. Asking with the text of then says as what.
    for (const candidate of [text, ...earlierTexts]) {
      const reply = await ask(link, 'send_message', { ...wanted, text: candidate })
      if (reply.ok) return take(room, clientKey, reply.value.message, (posted) => posted.clientKey === clientKey)
      error ??= reply.error
      if (reply.error.code !== 'conflict') return reply.error
    }
    return error
  }

  async function change(room: OpenRoom, link: Link, queued: QueuedChange): Promise<ClientError | undefined> {
    const { name, input } = commandOf(room.roomId, queued.seq, queued.change)
    const reply = await ask(link, name, input)
    if (!reply.ok) return reply.error
    return take(room, queued.clientKey, reply.value.message, ({ seq }) => seq === queued.seq)
  }

  function take(
    room: OpenRoom,
    clientKey: QueuedMessage['clientKey'],
    message: Message,
    isMeant: (message: Message) => boolean,
  ): ClientError | undefined {
    if (message.roomId !== room.roomId || !isMeant(message)) {
      report(new ContractBreach('a question about one message was answered with another'))
      return { code: 'internal' }
    }
    room.answered(clientKey, message)
    return undefined
  }

  return async (room, link, queued) => {
    const end = room.outbox.ask(queued.clientKey)
    try {
      return await (isChange(queued) ? change(room, link, queued) : post(room, link, queued))
    } finally {
      end()
    }
  }
}
