import type { MemberId } from '#shared/protocol/ids'

/** What a person did to the company in a room: came for the first time, came back, lost touch, left. */
export type Movement = 'joined' | 'returned' | 'disconnected' | 'left'

export interface Moved {
  readonly memberId: MemberId
  readonly name: string
  readonly movement: Movement
}

/** One muted line: everybody who came or went between two messages. */
export interface Notice {
  readonly kind: 'notice'
  readonly id: string
  /** The seq of the message it follows; 0 before the first. */
  readonly afterSeq: number
  readonly moved: readonly Moved[]
}

const undoes: Readonly<Record<Movement, Movement>> = {
  joined: 'left',
  left: 'joined',
  returned: 'disconnected',
  disconnected: 'returned',
}
const mostNotices = 100
/** Three are named; whoever else is only counted. */
const mostMoved = 200

/** `moved` added to the newest line if no message came since, else as a line of its own; coming and going cancel out. */
export function condenseNotices(
  notices: readonly Notice[],
  moved: Moved,
  afterSeq: number,
  id: string,
): readonly Notice[] {
  const newest = notices.at(-1)
  if (newest?.afterSeq !== afterSeq) {
    return [...notices.slice(1 - mostNotices), { kind: 'notice', id, afterSeq, moved: [moved] }]
  }
  const line = addMovement(newest.moved, moved)
  return line.length === 0 ? notices.slice(0, -1) : [...notices.slice(0, -1), { ...newest, moved: line }]
}

function addMovement(line: readonly Moved[], moved: Moved): readonly Moved[] {
  const earlier = line.find(({ memberId }) => memberId === moved.memberId)
  const others = line.filter(({ memberId }) => memberId !== moved.memberId)
  return earlier?.movement === undoes[moved.movement] ? others : [...others, moved].slice(-mostMoved)
}
