/** A message as somebody saw it: `author` is the sender's memberId. */
export interface Said {
  roomId: string
  author: string
  clientKey: string
  text: string
}
export interface SaidAt extends Said {
  seq: number
}

/** What one viewer shows of one room at the end, in the order it shows it. */
export interface ViewerLog {
  viewer: string
  roomId: string
  messages: readonly SaidAt[]
}

export interface History {
  /** Every send that was answered with success. `seq` where the sender was told one. */
  acked: readonly (Said & { seq?: number })[]
  /** Every row of the store. */
  stored: readonly SaidAt[]
  logs: readonly ViewerLog[]
}

export interface Verdict {
  acked: number
  stored: number
  lost: number
  doubled: number
  holes: number
  viewersIdentical: boolean
  /** The first few findings in words. */
  findings: readonly string[]
}

const mostFindings = 20

/** Compares what was promised with what is kept and what is shown. */
export function checkHistory({ acked, stored, logs }: History): Verdict {
  const findings: string[] = []
  const find = (finding: string) => {
    if (findings.length < mostFindings) findings.push(finding)
  }
  const rooms = new Map<string, readonly SaidAt[]>()
  for (const room of new Set([...stored, ...acked, ...logs].map(({ roomId }) => roomId))) {
    rooms.set(
      room,
      stored.filter(({ roomId }) => roomId === room).sort((one, other) => one.seq - other.seq),
    )
  }

  let [lost, doubled, holes, viewersIdentical] = [countLost('the store', acked, stored, find), 0, 0, true]
  for (const [roomId, rows] of rooms) {
    doubled += countDoubled(`the store's ${roomId}`, rows, find)
    holes += countHoles(`the store's ${roomId}`, rows, find)
  }
  for (const { viewer, roomId, messages } of logs) {
    const rows = rooms.get(roomId) ?? []
    lost += countLost(
      viewer,
      acked.filter((one) => one.roomId === roomId),
      messages,
      find,
    )
    doubled += countDoubled(viewer, messages, find)
    holes += countHoles(viewer, messages, find)
    viewersIdentical = isSame(viewer, messages, rows, find) && viewersIdentical
  }
  return { acked: acked.length, stored: stored.length, lost, doubled, holes, viewersIdentical, findings }
}

type Find = (finding: string) => void

const sendOf = ({ roomId, author, clientKey }: Said) => `${roomId} ${author} ${clientKey.toLowerCase()}`

function countLost(where: string, acked: History['acked'], kept: readonly SaidAt[], find: Find): number {
  const bySend = new Map(kept.map((message) => [sendOf(message), message]))
  const lost = acked.filter((promised) => {
    const found = bySend.get(sendOf(promised))
    return !found || found.text !== promised.text || (promised.seq !== undefined && promised.seq !== found.seq)
  })
  for (const { roomId, seq, text } of lost)
    find(`${where} lost "${text}" (${roomId}, acknowledged as ${seq ?? 'posted'})`)
  return lost.length
}

// Every text is written once, so the same text under another key is a doubled message too.
function countDoubled(where: string, messages: readonly SaidAt[], find: Find): number {
  const seen = new Set<string>()
  const doubled = messages.filter((message) => {
    const marks = [sendOf(message), `${message.roomId} text ${message.text}`, `${message.roomId} seq ${message.seq}`]
    const isDoubled = marks.some((mark) => seen.has(mark))
    for (const mark of marks) seen.add(mark)
    return isDoubled
  })
  for (const { seq, text } of doubled) find(`${where} has "${text}" twice (again at ${seq})`)
  return doubled.length
}

function countHoles(where: string, messages: readonly SaidAt[], find: Find): number {
  const seqs = new Set(messages.map(({ seq }) => seq))
  const last = messages.reduce((most, { seq }) => Math.max(most, seq), 0)
  const holes = last - seqs.size
  if (holes !== 0) find(`${where} has ${holes} holes up to ${last}`)
  return Math.abs(holes)
}

function isSame(viewer: string, shown: readonly SaidAt[], rows: readonly SaidAt[], find: Find): boolean {
  const differs = (message: SaidAt | undefined, row: SaidAt | undefined) =>
    !message || !row || message.seq !== row.seq || message.text !== row.text || sendOf(message) !== sendOf(row)
  const length = Math.max(shown.length, rows.length)
  for (let at = 0; at < length; at++) {
    if (!differs(shown[at], rows[at])) continue
    find(`${viewer} shows ${describe(shown[at])} where the store has ${describe(rows[at])}`)
    return false
  }
  return true
}

const describe = (message: SaidAt | undefined) => (message ? `${message.seq} "${message.text}"` : 'nothing')
