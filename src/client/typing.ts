import type { Ask } from './ask'
import type { OpenRoom } from './room'
import type { Link } from './transport/link'

const throttleMs = 3_000

export interface Typing {
  set: (room: OpenRoom, isTyping: boolean) => void
}

export interface TypingOptions {
  ask: Ask
  liveLink: (room: OpenRoom) => Link | undefined
  now: () => number
  report: (error: unknown) => void
}

/** Lets a room know that this person is writing: seldom, and not at all when it cannot hear it. */
export function createTyping({ ask, liveLink, now, report }: TypingOptions): Typing {
  const told = new WeakMap<OpenRoom, { link: Link; at: number }>()

  return {
    set(room, isTyping) {
      const link = liveLink(room)
      if (!link) return
      const last = told.get(room)
      const isKnown = last?.link === link
      if (isTyping ? isKnown && now() - last.at < throttleMs : !isKnown) return

      if (isTyping) told.set(room, { link, at: now() })
      else told.delete(room)
      ask(link, 'set_typing', { roomId: room.roomId, typing: isTyping }).catch(report)
    },
  }
}
