import { inject, provide, reactive, type InjectionKey } from 'vue'
import type { Message } from '#shared/protocol/entities'

/** The message under the pointer, the focus or the finger, and what is open about it. */
export interface ActiveMessage {
  seq: number | undefined
  open: 'menu' | 'emoji' | undefined
  toDelete: Message | undefined
}

const activeMessageKey: InjectionKey<ActiveMessage> = Symbol('active message')

export function provideActiveMessage(): ActiveMessage {
  const active = reactive<ActiveMessage>({ seq: undefined, open: undefined, toDelete: undefined })
  provide(activeMessageKey, active)
  return active
}

export function useActiveMessage(): ActiveMessage {
  const active = inject(activeMessageKey)
  if (!active) throw new Error('only the message log has an active message')
  return active
}
