import { createClient, type Client, type ClientOptions, type ClientStorage } from '#client'
import { parseServerUrl, type ServerUrl } from '#shared/address'
import type { ClientReply, JoinedRoom, News, RoomKey } from '#shared/bridge'
import type { ClientKey } from '#shared/protocol/ids'
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished } from 'vitest'

/** Without any news. */
const patienceMs = 15_000

export interface MemoryStorage extends ClientStorage {
  readonly kept: Map<string, string>
  fails: boolean
}

/** What a device keeps, as JSON like the real ones. */
export function memoryStorage(): MemoryStorage {
  const kept = new Map<string, string>()
  const storage: MemoryStorage = {
    kept,
    fails: false,
    read(key) {
      const text = kept.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as unknown)
    },
    write(key, value) {
      if (storage.fails) throw new Error('disk full')
      if (value === undefined) kept.delete(key)
      else kept.set(key, JSON.stringify(value))
    },
  }
  return storage
}

export interface Device extends Client {
  readonly news: News[]
  /** What the client reported; anything left here fails the test. */
  readonly reported: unknown[]
  /** As soon as `look` finds something, which is looked for now and after all news. */
  until: <Found>(what: string, look: () => Found | undefined | false) => Promise<Found>
  room: (key: RoomKey) => JoinedRoom | undefined
  texts: (key: RoomKey) => readonly string[]
  say: (key: RoomKey, text: string) => Promise<ClientKey>
  /** All of `texts` posted, in this order, each once, and nothing pending. */
  sees: (key: RoomKey, texts: readonly string[]) => Promise<void>
}

export const serverUrl = (url: string): ServerUrl => parseServerUrl(url) ?? expect.fail(url)

/** A real client; `dialled` is where it connects, which may change. */
export function startClient(dialled: { url: string }, options: Partial<ClientOptions> = {}): Device {
  const reported: unknown[] = []
  const news: News[] = []
  const looks = new Set<() => void>()
  const client = createClient({
    storage: memoryStorage(),
    dial: () => dialled.url,
    clientName: 'parlor-test/0.1.0',
    // The shortest waits that jitter allows.
    random: () => 0,
    report: (error) => reported.push(error),
    ...options,
  })
  client.onNews((batch) => {
    news.push(...batch)
    for (const look of looks) look()
  })
  onTestFinished(async () => {
    await client.close()
    expect(reported).toEqual([])
  })

  const until: Device['until'] = (what, look) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        looks.delete(again)
        reject(new Error(`waited in vain for ${what}: ${JSON.stringify(client.state())}`))
      }, patienceMs)
      const again = () => {
        timer.refresh()
        const found = look()
        if (found === undefined || found === false) return
        clearTimeout(timer)
        looks.delete(again)
        resolve(found)
      }
      looks.add(again)
      again()
    })
  const room = (key: RoomKey) => client.state().rooms.find((one) => one.key === key)
  const texts = (key: RoomKey) => room(key)?.messages.map(({ text }) => text) ?? []

  return {
    ...client,
    news,
    reported,
    until,
    room,
    texts,
    async say(key, text) {
      const clientKey = randomUUID() as ClientKey
      expect(await client.calls.sendMessage({ key, clientKey, text })).toEqual({ ok: true, value: {} })
      return clientKey
    },
    async sees(key, wanted) {
      const last = wanted.at(-1)
      await until(
        `${last} in ${key}`,
        () => last === undefined || (texts(key).includes(last) && room(key)?.pending.length === 0),
      )
      expect(texts(key)).toEqual(wanted)
    },
  }
}

export async function value<Value>(reply: Promise<ClientReply<Value>>): Promise<Value> {
  const answered = await reply
  if (!answered.ok) throw new Error(JSON.stringify(answered.error))
  return answered.value
}
