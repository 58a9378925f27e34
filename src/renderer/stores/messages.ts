import { defineStore } from 'pinia'
import { nextTick, shallowReactive } from 'vue'
import type { ClientReply, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { usePlatform } from '../composables/use-platform'
import { createLateChanges } from '../conversation/late-changes'
import { covers, emptyStretch, extend, hear, join, type Stretch } from '../conversation/stretch'

/** What has been said, per room, in order of seq. The platform fills it; components read it. */
export const useMessages = defineStore('messages', () => {
  const platform = usePlatform()
  const live = shallowReactive(new Map<RoomKey, Stretch>())
  /** Where somebody reads that the newest messages do not reach back to. */
  const away = shallowReactive(new Map<RoomKey, Stretch>())
  const late = createLateChanges()
  let made = 0

  const liveIn = (key: RoomKey): Stretch => live.get(key) ?? emptyStretch
  const shownIn = (key: RoomKey): Stretch => away.get(key) ?? liveIn(key)
  const inRoom = (key: RoomKey): readonly Message[] => liveIn(key).messages
  const isAway = (key: RoomKey): boolean => away.has(key)
  const find = (key: RoomKey, seq: number): Message | undefined =>
    [liveIn(key), away.get(key)].flatMap((one) => one?.messages ?? []).find((message) => message.seq === seq)

  const show = (key: RoomKey, stretch: Stretch) => void (away.has(key) ? away : live).set(key, stretch)

  function receive(key: RoomKey, news: readonly Message[]) {
    late.keep(
      key,
      news.filter(({ seq }) => !covers(liveIn(key), seq)),
    )
    live.set(key, hear(liveIn(key), news))
    const elsewhere = away.get(key)
    if (elsewhere) away.set(key, hear(elsewhere, news))
  }

  function replace(key: RoomKey, messages: readonly Message[], hasOlder: boolean) {
    const { id } = liveIn(key)
    live.set(key, extend({ ...emptyStretch, id }, messages, { older: hasOlder ? 'more' : 'none' }))
    away.delete(key)
    late.forget(key)
  }

  function forget(key: RoomKey) {
    live.delete(key)
    away.delete(key)
    late.forget(key)
  }

  async function fetchOlder(key: RoomKey) {
    const { id, older, messages } = shownIn(key)
    const [first] = messages
    if (!first || (older !== 'more' && older !== 'failed')) return
    show(key, { ...shownIn(key), older: 'loading' })
    const reply = await platform.fetchMessages({ key, where: { before: first.seq } })
    // The list keeps its place for a change at its top alone, so let what else arrived be drawn first.
    await nextTick()
    const now = shownIn(key)
    if (now.id !== id || now.messages[0]?.seq !== first.seq) return
    if (!reply.ok) show(key, { ...now, older: 'failed' })
    else
      show(key, extend(now, late.apply(key, reply.value.messages), { older: reply.value.hasOlder ? 'more' : 'none' }))
  }

  async function fetchNewer(key: RoomKey) {
    const { id, newer, messages } = shownIn(key)
    const last = messages.at(-1)
    if (!last || (newer !== 'more' && newer !== 'failed')) return
    show(key, { ...shownIn(key), newer: 'loading' })
    const reply = await platform.fetchMessages({ key, where: { after: last.seq } })
    const now = shownIn(key)
    if (now.id !== id || now.messages.at(-1)?.seq !== last.seq) return
    if (!reply.ok) show(key, { ...now, newer: 'failed' })
    else
      settle(key, extend(now, late.apply(key, reply.value.messages), { newer: reply.value.hasNewer ? 'more' : 'none' }))
  }

  /** Shows a message, with what surrounds it. */
  async function openAt(key: RoomKey, seq: number): Promise<ClientReply<unknown>> {
    if (shownIn(key).messages.some((message) => message.seq === seq)) return { ok: true, value: {} }
    const reply = await platform.fetchMessages({ key, where: { around: seq } })
    if (!reply.ok) return reply
    const { messages, hasOlder, hasNewer } = reply.value
    made += 1
    const edges = { older: hasOlder ? 'more' : 'none', newer: hasNewer ? 'more' : 'none' } as const
    settle(key, extend({ ...emptyStretch, id: made }, late.apply(key, messages), edges))
    return reply
  }

  function settle(key: RoomKey, stretch: Stretch) {
    const whole = join(stretch, liveIn(key))
    if (!whole) return void away.set(key, stretch)
    live.set(key, whole)
    away.delete(key)
  }

  const toLive = (key: RoomKey) => void away.delete(key)

  return { inRoom, liveIn, shownIn, isAway, find, receive, replace, forget, fetchOlder, fetchNewer, openAt, toLive }
})
