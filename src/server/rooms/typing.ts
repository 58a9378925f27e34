import type { MemberId, RoomId } from '#shared/protocol/ids'

/** Who is typing where. What begins and ends within the window is never told. */
export interface Typing {
  /** Said again, it lasts longer; `hiddenFrom` is not told. */
  began: (roomId: RoomId, memberId: MemberId, hiddenFrom: readonly MemberId[]) => void
  ended: (roomId: RoomId, memberId: MemberId) => void
  stop: () => void
}

export interface TypingOptions {
  windowMs: number
  lastsMs: number
  tell: (typist: Typist, typing: boolean) => void
}

export interface Typist {
  roomId: RoomId
  memberId: MemberId
  hiddenFrom: readonly MemberId[]
}

interface Known extends Typist {
  isTold: boolean
  /** What is to be told when the window closes. */
  due: boolean | undefined
  expiry: NodeJS.Timeout | undefined
}

export function createTyping({ windowMs, lastsMs, tell }: TypingOptions): Typing {
  const typists = new Map<string, Known>()
  let timer: NodeJS.Timeout | undefined
  const keyOf = (roomId: RoomId, memberId: MemberId) => `${roomId} ${memberId}`

  function tellDue() {
    timer = undefined
    for (const [key, typist] of typists) {
      const { due } = typist
      if (due === undefined) continue
      typist.due = undefined
      typist.isTold = due
      if (!due) typists.delete(key)
      tell(typist, due)
    }
  }

  function ended(roomId: RoomId, memberId: MemberId) {
    const key = keyOf(roomId, memberId)
    const typist = typists.get(key)
    if (!typist) return
    clearTimeout(typist.expiry)
    if (!typist.isTold) typists.delete(key)
    else {
      typist.due = false
      timer ??= setTimeout(tellDue, windowMs)
    }
  }

  return {
    began(roomId, memberId, hiddenFrom) {
      const key = keyOf(roomId, memberId)
      const earlier = typists.get(key)
      clearTimeout(earlier?.expiry)
      const expiry = setTimeout(() => ended(roomId, memberId), lastsMs)
      typists.set(key, { roomId, memberId, hiddenFrom, isTold: earlier?.isTold ?? false, due: true, expiry })
      timer ??= setTimeout(tellDue, windowMs)
    },
    ended,
    stop() {
      clearTimeout(timer)
      for (const { expiry } of typists.values()) clearTimeout(expiry)
      typists.clear()
    },
  }
}
