import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { usePlatform } from '../composables/use-platform'
import { useMessages } from './messages'

const mostKept = 500

/** The messages that others answer; those that are not loaded are fetched once. */
export const useQuotes = defineStore('quotes', () => {
  const [platform, messages] = [usePlatform(), useMessages()]
  const fetched = shallowReactive(new Map<string, Message>())
  const wanted = new Set<string>()

  const of = (key: RoomKey, seq: number): Message | undefined => messages.find(key, seq) ?? fetched.get(`${key}#${seq}`)

  async function want(key: RoomKey, seq: number) {
    const place = `${key}#${seq}`
    if (of(key, seq) || wanted.has(place) || wanted.size > mostKept) return
    wanted.add(place)
    const reply = await platform.fetchMessages({ key, where: { around: seq } })
    if (!reply.ok) {
      wanted.delete(place)
      return
    }
    const found = reply.value.messages.find((message) => message.seq === seq)
    if (found) fetched.set(place, found)
  }

  return { of, want }
})
