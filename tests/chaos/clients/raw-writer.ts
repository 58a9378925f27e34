import { randomUUID } from 'node:crypto'
import type { Ledger } from './ledger'
import { connectRaw, valueOf } from './raw-client'
import type { Writer } from './writer'

interface Send {
  clientKey: string
  text: string
}

/** Pipelines sends over plain socket.io-client; after a lost connection the same keys go out again. */
export function startRawWriter(
  url: string,
  who: { roomId: string; name: string; window: number },
  ledger: Ledger,
  complain: (complaint: string) => void,
): Writer {
  const { roomId, name, window } = who
  const client = connectRaw(url)
  const open = new Map<string, Send>()
  let onWire = new Set<string>()
  let author: string | undefined
  let isWriting = false
  let written = 0

  function send({ clientKey, text }: Send) {
    onWire.add(clientKey)
    client.socket.emit('send_message', { roomId, clientKey, text } as never, (reply) => {
      onWire.delete(clientKey)
      if (!reply.ok) {
        complain(`${name}'s "${text}" was refused: ${reply.error.code}`)
        return
      }
      const { message } = reply.value
      if (open.delete(clientKey))
        ledger.acknowledge({ roomId, author: message.author.memberId, clientKey, text, seq: message.seq })
      fill()
    })
  }

  function fill() {
    while (isWriting && author !== undefined && client.socket.connected && open.size < window) {
      const message = { clientKey: randomUUID(), text: `${name} says ${++written}` }
      open.set(message.clientKey, message)
      send(message)
    }
  }

  client.socket.on('connect', () => {
    const entered = client.ask('join_room', { roomId, name }).then((reply) => {
      author = valueOf(reply, `${name}'s join`).you.memberId
      for (const message of open.values()) send(message)
      fill()
    })
    entered.catch((error: unknown) => {
      if (client.socket.connected) complain(String(error))
    })
  })
  client.socket.on('disconnect', () => {
    onWire = new Set()
    author = undefined
  })

  return {
    name,
    write() {
      isWriting = true
      fill()
    },
    rest: () => void (isWriting = false),
    inFlight: () => (client.socket.connected ? onWire.size : 0),
    unanswered: () => open.size,
    isBack: () => author !== undefined,
    close: client.close,
  }
}
