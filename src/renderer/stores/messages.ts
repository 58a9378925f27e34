import { defineStore } from 'pinia'
import { nextTick, shallowReactive } from 'vue'
import type { ClientReply, MessagePage, PageWhere, RoomKey } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { createPatientAsk } from '../asking/patient-ask'
import { usePlatform } from '../composables/use-platform'
import { createLateChanges } from '../conversation/late-changes'
import {
  covers,
  emptyStretch,
  extend,
  hear,
  join,
  withoutOldest,
  type Edge,
  type Stretch,
} from '../conversation/stretch'

/** Servers give a member five pages a second; one is left for another window of theirs. */
const rate = { burst: 4, perSecond: 4 }

/** Of what is heard while the window is open: beyond the first number, only the newest stay. */
const [mostHeard, keptOfHeard] = [5_000, 4_000]

/** What has been said, per room, in order of seq. The platform fills it; components read it. */
export const useMessages = defineStore('messages', () => {
  const platform = usePlatform()
  const live = shallowReactive(new Map<RoomKey, Stretch>())
  /** Where somebody reads that the newest messages do not reach back to. */
  const away = shallowReactive(new Map<RoomKey, Stretch>())
  const late = createLateChanges()
  const heard = new Map<RoomKey, number>()
  const ask = createPatientAsk(rate)
  let made = 0

  const liveIn = (key: RoomKey): Stretch => live.get(key) ?? emptyStretch
  const shownIn = (key: RoomKey): Stretch => away.get(key) ?? liveIn(key)
  const inRoom = (key: RoomKey): readonly Message[] => liveIn(key).messages
  /** What changed lately of what is not loaded. */
  const changedIn = (key: RoomKey): readonly Message[] => late.inRoom(key)
  const isAway = (key: RoomKey): boolean => away.has(key)
  const find = (key: RoomKey, seq: number): Message | undefined =>
    [live, away].map((one) => one.get(key)?.messages.find((message) => message.seq === seq)).find(Boolean)

  const show = (key: RoomKey, stretch: Stretch) => void (away.has(key) ? away : live).set(key, stretch)

  function receive(key: RoomKey, news: readonly Message[]) {
    late.keep(
      key,
      news.filter(({ seq }) => !covers(liveIn(key), seq)),
    )
    live.set(key, withinBounds(key, hear(liveIn(key), news)))
    const elsewhere = away.get(key)
    if (elsewhere) away.set(key, hear(elsewhere, news))
  }

  /** What was heard while the window was open goes again from its old end; it can be fetched like everything older. */
  function withinBounds(key: RoomKey, stretch: Stretch): Stretch {
    const more = stretch.messages.length - liveIn(key).messages.length
    const count = (heard.get(key) ?? 0) + Math.max(0, more)
    heard.set(key, count > mostHeard ? keptOfHeard : count)
    return count > mostHeard ? withoutOldest(stretch, count - keptOfHeard) : stretch
  }

  function replace(key: RoomKey, messages: readonly Message[], hasOlder: boolean) {
    const { id } = liveIn(key)
    live.set(key, extend({ ...emptyStretch, id }, messages, { older: hasOlder ? 'more' : 'none' }))
    away.delete(key)
    late.forget(key)
    heard.delete(key)
  }

  function forget(key: RoomKey) {
    heard.delete(key)
    live.delete(key)
    away.delete(key)
    late.forget(key)
  }

  /** A page of the room, with what is known to have changed since. `isWanted`: whether it still is when its turn comes. */
  async function fetchPage(
    key: RoomKey,
    where: PageWhere,
    isWanted?: () => boolean,
  ): Promise<ClientReply<MessagePage>> {
    const reply = await ask(() => platform.fetchMessages({ key, where }), isWanted)
    return reply.ok ? { ok: true, value: { ...reply.value, messages: late.apply(key, reply.value.messages) } } : reply
  }

  /** Puts a page before a stretch and tells whether one came. `failed`: how its edge stands otherwise. */
  async function extendOlder(key: RoomKey, stretch: Stretch, failed: Edge): Promise<boolean> {
    const { id, older, messages } = stretch
    const [first] = messages
    if (!first || (older !== 'more' && older !== 'failed')) return false
    const holder = () => [away, live].find((one) => one.get(key)?.id === id)
    holder()?.set(key, { ...stretch, older: 'loading' })
    const reply = await fetchPage(key, { before: first.seq })
    // The list keeps its place for a change at its top alone, so let what else arrived be drawn first.
    await nextTick()
    const now = holder()?.get(key)
    if (now?.messages[0]?.seq !== first.seq) return reply.ok
    if (!reply.ok) holder()?.set(key, { ...now, older: failed })
    else holder()?.set(key, extend(now, reply.value.messages, { older: reply.value.hasOlder ? 'more' : 'none' }))
    return reply.ok
  }
  const fetchOlder = (key: RoomKey) => extendOlder(key, shownIn(key), 'failed')
  /** Nobody waits for it: when it fails, nothing is said. Tells whether it went well. */
  const reachBack = (key: RoomKey) => extendOlder(key, liveIn(key), 'more')

  async function fetchNewer(key: RoomKey) {
    const { id, newer, messages } = shownIn(key)
    const last = messages.at(-1)
    if (!last || (newer !== 'more' && newer !== 'failed')) return
    show(key, { ...shownIn(key), newer: 'loading' })
    const reply = await fetchPage(key, { after: last.seq })
    const now = shownIn(key)
    if (now.id !== id || now.messages.at(-1)?.seq !== last.seq) return
    if (!reply.ok) show(key, { ...now, newer: 'failed' })
    else settle(key, extend(now, reply.value.messages, { newer: reply.value.hasNewer ? 'more' : 'none' }))
  }

  /** Shows a message, with what surrounds it. */
  async function openAt(key: RoomKey, seq: number): Promise<ClientReply<unknown>> {
    if (shownIn(key).messages.some((message) => message.seq === seq)) return { ok: true, value: {} }
    const reply = await fetchPage(key, { around: seq })
    if (!reply.ok) return reply
    const { messages, hasOlder, hasNewer } = reply.value
    made += 1
    const edges = { older: hasOlder ? 'more' : 'none', newer: hasNewer ? 'more' : 'none' } as const
    settle(key, extend({ ...emptyStretch, id: made }, messages, edges))
    return reply
  }

  function settle(key: RoomKey, stretch: Stretch) {
    const whole = join(stretch, liveIn(key))
    if (!whole) return void away.set(key, stretch)
    live.set(key, whole)
    away.delete(key)
  }

  const toLive = (key: RoomKey) => void away.delete(key)

  return {
    inRoom,
    liveIn,
    shownIn,
    changedIn,
    isAway,
    find,
    receive,
    replace,
    forget,
    fetchPage,
    fetchOlder,
    fetchNewer,
    reachBack,
    openAt,
    toLive,
  }
})
