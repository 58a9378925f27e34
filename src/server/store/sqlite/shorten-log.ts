import { firstValue, type DatabaseSync } from './database'
import type { Operation } from './messages'

const soonMs = 1_000
const patienceMs = 50
const usualPatienceMs = 5_000

/** What neither removes nor replaces anything that somebody wrote. */
const onlyAdds: ReadonlySet<string> = new Set([
  'append',
  'saveReads',
  'markEmptied',
  'createRoom',
  'joinRoom',
  'openDirect',
  'blockMember',
  'setDirects',
  'countMinute',
  'lapseMembers',
  'keepTime',
  'addFile',
  'completeFile',
  'reserveFile',
  'releaseFiles',
])

export function removesText({ name, input }: Operation): boolean {
  if (name !== 'changeMessage') return !onlyAdds.has(name)
  const { kind } = (input as { change: { kind: string } }).change
  return kind === 'edit' || kind === 'delete'
}

/**
 * What was deleted is overwritten in the database and still stands in its write-ahead log, until that is emptied: a
 * second after a deletion, for all there were in it, and again while somebody reads from the log.
 */
export function createLogShortener(database: DatabaseSync, inTurn: (work: () => void) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  function shorten() {
    timer = undefined
    if (!isClosed && !isEmptied(database)) soon()
  }
  function soon() {
    if (!isClosed) timer ??= setTimeout(() => inTurn(shorten), soonMs)
  }
  return {
    soon,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

function isEmptied(database: DatabaseSync): boolean {
  // Writes wait meanwhile: for a reader in the middle of a long search the next time is soon enough.
  database.exec(`pragma busy_timeout = ${patienceMs}`)
  try {
    return firstValue(database, 'pragma wal_checkpoint(truncate)') === 0
  } catch {
    // A full disk; the log is whole, and room on the disk is enough to go on.
    return false
  } finally {
    database.exec(`pragma busy_timeout = ${usualPatienceMs}`)
  }
}
