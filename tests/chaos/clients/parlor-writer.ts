import { randomUUID } from 'node:crypto'
import { createClient, type ClientStorage } from '#client'
import type { ServerUrl } from '#shared/address'
import type { News, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import type { Ledger } from './ledger'
import { viewRoom, type ParlorViewer } from './parlor-viewer'
import type { Writer } from './writer'

export interface ParlorWriter extends Writer {
  key: RoomKey
  viewer: ParlorViewer
}

interface Who {
  roomId: string
  name: string
  window: number
}

/** Parlor's own client as the apps run it: a message counts as acknowledged once it has left the outbox. */
export async function startParlorWriter(
  url: string,
  who: Who,
  ledger: Ledger,
  complain: (complaint: string) => void,
): Promise<ParlorWriter> {
  const { roomId, name, window } = who
  const server = url as ServerUrl
  const client = createClient({
    storage: memoryStorage(),
    dial: () => url,
    clientName: 'chaos/1.0',
    report: (error) => complain(`${name}'s client reports ${error instanceof Error ? error.stack : String(error)}`),
  })
  const joined = await client.calls.joinRoom({ name, address: `${url}/${roomId}`, remember: true })
  if (!joined.ok) throw new Error(`${name} could not join: ${joined.error.code}`)
  const { key } = joined.value
  const author = client.state().rooms.find((room) => room.key === key)!.you.memberId
  const viewer = viewRoom(client, key, complain)
  const open = new Map<ClientKey, string>()
  let isWriting = false
  let written = 0

  function fill() {
    while (isWriting && open.size < window) {
      const [clientKey, text] = [randomUUID() as ClientKey, `${name} says ${++written}`]
      open.set(clientKey, text)
      void client.calls.sendMessage({ key, clientKey, text }).then((reply) => {
        if (!reply.ok) complain(`${name}'s "${text}" was not kept: ${reply.error.code}`)
      })
    }
  }

  function hear(news: News) {
    if (news.kind !== 'pending' || news.key !== key) return
    for (const { failed, text } of news.pending) if (failed) complain(`${name}'s "${text}" failed: ${failed}`)
    const pending = new Set(news.pending.map(({ clientKey }) => clientKey))
    for (const [clientKey, text] of kept) {
      if (pending.has(clientKey)) continue
      kept.delete(clientKey)
      open.delete(clientKey)
      ledger.acknowledge({ roomId, author, clientKey, text })
    }
    for (const { clientKey, text } of news.pending) kept.set(clientKey, text)
    fill()
  }
  /** In the outbox, by its own word. */
  const kept = new Map<ClientKey, string>()
  client.onNews((batch) => batch.forEach(hear))

  const isOnline = () => client.state().connections.some((one) => one.server === server && one.state === 'online')
  return {
    name,
    key,
    viewer,
    write() {
      isWriting = true
      fill()
    },
    rest: () => void (isWriting = false),
    // What of its outbox is on the wire is the client's own business: only the raw writers' sends are counted.
    inFlight: () => 0,
    unanswered: () => open.size,
    isBack: isOnline,
    close: client.close,
  }
}

function memoryStorage(): ClientStorage {
  const kept = new Map<string, string>()
  return {
    read: (key) => (JSON.parse(kept.get(key) ?? 'null') as unknown) ?? undefined,
    write(key, value) {
      if (value === undefined) kept.delete(key)
      else kept.set(key, JSON.stringify(value))
    },
  }
}
