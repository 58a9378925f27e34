import { nextTick, watch, type Ref } from 'vue'
import { isMessage, type Entry } from '../conversation/entries'
import { useJumps } from '../stores/jumps'
import { useMessages } from '../stores/messages'
import { useToasts } from '../stores/toasts'
import { errorWords } from '../text/errors'
import { jumpWords } from '../text/messages'
import { useCurrentRoom } from './use-current-room'

interface Parts {
  rows: Readonly<Ref<readonly Entry[]>>
  leaveEnd: () => void
  reach: (row: Entry, align: 'center') => void
}

/** Takes the reader to the message they asked for, loaded or not. Begins once the list stands. */
export function useJumpTarget({ rows, leaveEnd, reach }: Parts) {
  const [room, jumps, messages, toasts] = [useCurrentRoom(), useJumps(), useMessages(), useToasts()]

  async function jump(seq: number) {
    const { key } = room.value
    const reply = await messages.openAt(key, seq)
    if (!reply.ok) {
      jumps.giveUp()
      toasts.show(errorWords[reply.error.code])
      return
    }
    leaveEnd()
    // Another stretch of messages is another list, which stands one turn later.
    await nextTick()
    await nextTick()
    const row = rows.value.find((one) => isMessage(one) && one.seq === seq)
    if (!row) {
      jumps.giveUp()
      toasts.show(jumpWords.notThere)
      return
    }
    reach(row, 'center')
    jumps.arrive({ key, seq })
  }

  return {
    isWaiting: () => jumps.target?.key === room.value.key,
    start: () =>
      watch(
        // Before the room is there, nothing can be fetched.
        () => (jumps.target?.key === room.value.key && room.value.ready ? jumps.target : undefined),
        (target) => target && void jump(target.seq),
        { immediate: true },
      ),
  }
}
