import { computed, ref, type Ref } from 'vue'
import { mentionsEveryone } from '../markup/mentions'
import { useMembers } from '../stores/members'
import { useCurrentRoom } from './use-current-room'

const asksFrom = 5

/** Asks before a message calls everyone in a room of many. `send` sends it, or asks first. */
export function useEveryoneQuestion(
  {
    text,
    canSend,
    editing,
  }: { text: Readonly<Ref<string>>; canSend: Readonly<Ref<boolean>>; editing: Readonly<Ref<unknown>> },
  sendNow: () => Promise<void>,
) {
  const [room, members] = [useCurrentRoom(), useMembers()]
  const asks = ref(false)
  const people = computed(() => members.inRoom(room.value.key).length)

  function send() {
    const isCall = editing.value === undefined && mentionsEveryone(text.value)
    if (canSend.value && isCall && people.value >= asksFrom) asks.value = true
    else void sendNow()
  }
  return { asks, people, send }
}
