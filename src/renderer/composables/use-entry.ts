import { reactive, ref } from 'vue'
import type { ClientErrorCode, ClientReply, RoomKey } from '#shared/bridge'
import type { Retention } from '#shared/protocol/entities'
import { useHosting } from '../stores/hosting'
import { useProfile } from '../stores/profile'
import { useRooms } from '../stores/rooms'
import { doorErrorWords, hostingFailureWords } from '../text/errors'
import { startWords } from '../text/start'
import { useEnterRoom } from './use-enter-room'

type Way = 'host' | 'join'
const aboutTheName: ReadonlySet<ClientErrorCode> = new Set(['name_invalid', 'name_taken'])

/** Entering a room, hosted or joined: what was typed, what is under way and what went wrong, each beside its field. */
export function useEntry() {
  const [rooms, profile, hosting, enterRoom] = [useRooms(), useProfile(), useHosting(), useEnterRoom()]
  const name = ref(profile.name)
  const busy = ref<Way>()
  const errors = reactive<{ name?: string | undefined; host?: string | undefined; join?: string | undefined }>({})

  async function enter(way: Way, ask: () => Promise<ClientReply<{ key: RoomKey }>>) {
    Object.assign(errors, { name: undefined, host: undefined, join: undefined })
    if (name.value.trim() === '') errors.name = startWords.nameNeeded
    if (errors.name !== undefined || busy.value) return

    busy.value = way
    const reply = await ask()
    busy.value = undefined
    if (!reply.ok) {
      errors[aboutTheName.has(reply.error.code) ? 'name' : way] = wordsFor(reply.error.code)
      return
    }
    profile.name = name.value.trim()
    await enterRoom(reply.value.key)
  }

  function wordsFor(code: ClientErrorCode): string {
    const { hosting: own } = hosting
    return code === 'hosting_failed' && own.state === 'failed' ? hostingFailureWords[own.reason] : doorErrorWords[code]
  }

  const person = () => ({ name: name.value.trim(), remember: profile.remember })
  const join = (address: string) => enter('join', () => rooms.join({ ...person(), address }))
  const host = (title: string, retention: Retention) =>
    enter('host', () => rooms.host({ ...person(), ...(title.trim() ? { title: title.trim() } : {}), retention }))

  return { name, busy, errors, join, host }
}
