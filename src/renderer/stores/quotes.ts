import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { useMessages } from './messages'

const mostKept = 500

/** The messages that others answer; those that are not loaded are fetched as long as they are looked at. */
export const useQuotes = defineStore('quotes', () => {
  const messages = useMessages()
  const fetched = shallowReactive(new Map<string, Message>())
  /** By whom each that is on its way is wanted. */
  const asked = new Map<string, (() => boolean)[]>()

  const placeOf = (key: RoomKey, seq: number) => `${key}#${seq}`
  const of = (key: RoomKey, seq: number): Message | undefined =>
    messages.find(key, seq) ?? fetched.get(placeOf(key, seq))

  function keep(key: RoomKey, found: readonly Message[]) {
    for (const message of found) fetched.set(placeOf(key, message.seq), message)
    for (const oldest of [...fetched.keys()].slice(0, -mostKept)) fetched.delete(oldest)
  }
  /** What was fetched changes like everything else. */
  const receive = (key: RoomKey, news: readonly Message[]) =>
    keep(
      key,
      news.filter(({ seq }) => fetched.has(placeOf(key, seq))),
    )
  function forget(key: RoomKey) {
    for (const place of fetched.keys()) if (place.startsWith(`${key}#`)) fetched.delete(place)
  }

  /** `isWanted`: whether it still is when its turn comes. */
  async function want(key: RoomKey, seq: number, isWanted: () => boolean) {
    const place = placeOf(key, seq)
    const wanted = asked.get(place)
    if (wanted) wanted.push(isWanted)
    if (wanted || of(key, seq)) return
    const mine = [isWanted]
    asked.set(place, mine)
    const reply = await messages.fetchPage(key, { around: seq }, () => !of(key, seq) && mine.some((is) => is()))
    // Many answers answer what was said at one time: what else waits for its turn may be on this page.
    if (reply.ok)
      keep(
        key,
        reply.value.messages.filter((one) => asked.has(placeOf(key, one.seq))),
      )
    asked.delete(place)
  }

  return { of, want, receive, forget }
})
