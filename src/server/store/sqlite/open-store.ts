import { resolve } from 'node:path'
import type { Store } from '../store'
import type { Freed } from '../writing'
import type { WriteName } from './commit-batch'
import { startDailyBackups, type DailyBackups } from './daily-backups'
import { valueOf } from './failure'
import type { WorkerSetup } from './messages'
import { fileCalls } from './file-calls'
import type { ReadName } from './reader'
import { createSearching, type Searching } from './searching'
import { startThread, type WorkerThread } from './worker-thread'
import { createWriteQueue } from './write-queue'

export interface StoreOptions {
  dataDir: string
  /** The bundled `worker.ts`. */
  worker: URL | string
  now?: () => number
  /** How long files are kept after they were sent; as long as their messages unless told. */
  keepFilesMs?: number
  /** Milliseconds after which a search stops looking. */
  searchMs?: number
  /** Files that are gone from the store, once that is on disk. */
  onFreed?: (files: readonly Freed[]) => void
  report: (error: unknown, context?: Record<string, unknown>) => void
  /** A thread has died: from here on nothing is answered. */
  onDeath?: (error: unknown) => void
}

const standardSearchMs = 100

/**
 * The store on SQLite, in threads of its own: one writes, one reads, one searches. Rejects with a `StartError` whose code
 * begins with `data_`, and has then changed nothing.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const {
    dataDir,
    worker,
    now = Date.now,
    keepFilesMs = Infinity,
    searchMs = standardSearchMs,
    onFreed = () => undefined,
    report,
    onDeath = report,
  } = options
  const start = (role: WorkerSetup['role'], whenDead: (error: unknown) => void = onDeath) =>
    startThread({
      script: worker,
      setup: { role, dataDir: resolve(dataDir), now: now(), keepFilesMs, searchMs },
      // Not where: a room's code is an invitation, and reports are logged.
      onDamage: ({ kind, seq }) => report(new Error(kind), { seq }),
      onFreed,
      onReport: (error, during) => report(error, { during }),
      onDeath: whenDead,
    })
  const writer = await start('writer')
  const reader = await start('reader').catch(async (error: unknown) => {
    await writer.close()
    throw error
  })
  const searching = createSearching((whenDead) => start('searcher', whenDead), report)
  const makeBackup = async () => (await start('backup', report)).ended
  const backups = startDailyBackups({ dataDir, now, report, makeBackup })
  return createStore({ writer, reader, searching, backups })
}

interface Parts {
  writer: WorkerThread
  reader: WorkerThread
  searching: Searching
  backups: DailyBackups
}

function createStore({ writer, reader, searching, backups }: Parts): Store {
  const queue = createWriteQueue(writer.ask)
  let closing: Promise<void> | undefined

  const write = (name: WriteName, input: unknown): Promise<never> => {
    if (closing) return Promise.reject(new Error('the store is closed'))
    return queue.add({ name, input }) as Promise<never>
  }
  const read = async (name: ReadName, input: unknown): Promise<never> =>
    valueOf(await reader.ask([{ name, input }])) as never
  async function close(): Promise<void> {
    await queue.drained()
    const backUpAt = await backups.close()
    await searching.close()
    await reader.close()
    await writer.close({ backUpAt })
  }

  // Field by field: what else a caller's object carries would be copied to the worker too, or could not be.
  return {
    findPerson: (sessionHash) => read('findPerson', sessionHash),
    members: (roomId) => read('members', roomId),
    isMember: ({ roomId, memberId }) => read('isMember', { roomId, memberId }),
    directs: (memberId, limit) => read('directs', { memberId, limit }),
    history: ({ roomId, memberId, before, limit }) => read('history', { roomId, memberId, before, limit }),
    changes: ({ roomId, memberId, since, limit, most }) => read('changes', { roomId, memberId, since, limit, most }),
    newer: ({ roomId, memberId, after, limit }) => read('newer', { roomId, memberId, after, limit }),
    around: ({ roomId, memberId, seq, limit }) => read('around', { roomId, memberId, seq, limit }),
    pinned: ({ roomId, memberId, after, limit }) => read('pinned', { roomId, memberId, after, limit }),
    standing: ({ roomId, memberId }) => read('standing', { roomId, memberId }),
    search: searching.search,
    createRoom: (draft) =>
      write('createRoom', { ...membership(draft), title: draft.title, retention: draft.retention }),
    joinRoom: (draft) => write('joinRoom', { ...membership(draft), seats: draft.seats }),
    openDirect: ({ roomId, memberId, otherId, at, retryAfterMs }) =>
      write('openDirect', { roomId, memberId, otherId, at, retryAfterMs }),
    leaveRoom: ({ roomId, memberId, at }) => write('leaveRoom', { roomId, memberId, at }),
    closeRoom: ({ roomId, memberId }) => write('closeRoom', { roomId, memberId }),
    changeRoom: ({ roomId, memberId, title, retention }) => write('changeRoom', { roomId, memberId, title, retention }),
    append: ({ roomId, memberId, clientKey, text, replyTo, attachments, sentAt }) =>
      write('append', { roomId, memberId, clientKey, text, replyTo, attachments, sentAt }),
    changeMessage: ({ roomId, memberId, seq, at, change }) =>
      write('changeMessage', { roomId, memberId, seq, at, change }),
    blockMember: ({ memberId, blockedId, isBlocked }) => write('blockMember', { memberId, blockedId, isBlocked }),
    setDirects: ({ memberId, from }) => write('setDirects', { memberId, from }),
    saveReads: ({ marks, hides }) =>
      write('saveReads', {
        marks: marks.map(({ roomId, memberId, seq }) => ({ roomId, memberId, seq })),
        hides: hides.map(({ memberId, hidden }) => ({ memberId, hidden })),
      }),
    markEmptied: (roomId, at) => write('markEmptied', { roomId, at }),
    deleteExpired: ({ ranMs, passedMs }, keepEmptyMs) =>
      write('deleteExpired', { at: { ranMs, passedMs }, keepEmptyMs }),
    serverTime: () => read('serverTime', undefined),
    keepTime: (time) => write('keepTime', time),
    countMinute: (here) => write('countMinute', here),
    lapseMembers: ({ quietMinutes, spokenMinutes, at }) => write('lapseMembers', { quietMinutes, spokenMinutes, at }),
    clearClosed: () => write('clearClosed', undefined),
    ...fileCalls(read, write),
    close: () => (closing ??= close()),
  }
}

const membership = ({ roomId, memberId, sessionHash, name, at }: Parameters<Store['joinRoom']>[0]) => ({
  roomId,
  memberId,
  sessionHash,
  name,
  at,
})
