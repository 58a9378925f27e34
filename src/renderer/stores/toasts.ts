import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Toast {
  readonly id: number
  readonly text: string
}

/** Short confirmations that go away by themselves; never the only place where an error stands. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let made = 0

  function show(text: string) {
    made += 1
    toasts.value = [...toasts.value.filter((toast) => toast.text !== text).slice(-2), { id: made, text }]
  }
  const dismiss = (id: number) => void (toasts.value = toasts.value.filter((toast) => toast.id !== id))

  return { toasts, show, dismiss }
})
