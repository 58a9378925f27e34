import { resolve } from 'node:path'
import type { Store } from '../store'
import type { Freed } from '../writing'
import type { WriteName } from './commit-batch'
import { startDailyBackups } from './daily-backups'
import { thrownAgain } from './failure'
import type { WorkerSetup } from './messages'
import { fileCalls } from './file-calls'
import type { ReadName } from './reader'
import { startThread, type WorkerThread } from './worker-thread'
import { createWriteQueue } from './write-queue'

export interface StoreOptions {
  dataDir: string
  /** The bundled `worker.ts`. */
  worker: URL | string
  now?: () => number
  /** How long files are kept after they were sent; as long as their messages unless told. */
  keepFilesMs?: number
  /** Files that are gone from the store, once that is on disk. */
  onFreed?: (files: readonly Freed[]) => void
  report: (error: unknown, context?: Record<string, unknown>) => void
  /** A thread has died: from here on nothing is answered. */
  onDeath?: (error: unknown) => void
}

/**
 * The store on SQLite, in threads of its own: one writes, one reads. Rejects with a `StartError` of `data_damaged`,
 * `data_newer`, `data_in_use` or `data_unwritable`, and has then changed nothing.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const {
    dataDir,
    worker,
    now = Date.now,
    keepFilesMs = Infinity,
    onFreed = () => undefined,
    report,
    onDeath = report,
  } = options
  const start = (role: WorkerSetup['role']) =>
    startThread({
      script: worker,
      setup: { role, dataDir: resolve(dataDir), now: now(), keepFilesMs },
      // Not where: a room's code is an invitation, and reports are logged.
      onDamage: ({ kind, seq }) => report(new Error(kind), { seq }),
      onFreed,
      onDeath: role === 'backup' ? report : onDeath,
    })
  const writer = await start('writer')
  const reader = await start('reader').catch(async (error: unknown) => {
    await writer.close()
    throw error
  })
  const backups = startDailyBackups({ dataDir, now, report, makeBackup: async () => (await start('backup')).ended })
  return createStore(writer, reader, backups)
}

function createStore(writer: WorkerThread, reader: WorkerThread, backups: { close: () => Promise<void> }): Store {
  const queue = createWriteQueue(writer.ask)
  let closing: Promise<void> | undefined

  const write = (name: WriteName, input: unknown): Promise<never> => {
    if (closing) return Promise.reject(new Error('the store is closed'))
    return queue.add({ name, input }) as Promise<never>
  }
  const read = async (name: ReadName, input: unknown): Promise<never> => {
    const [outcome] = await reader.ask([{ name, input }])
    if (!outcome?.ok) throw outcome ? thrownAgain(outcome.failure) : new Error('a read got no answer')
    return outcome.value as never
  }
  async function close(): Promise<void> {
    await queue.drained()
    await backups.close()
    await reader.close()
    await writer.close()
  }

  // Field by field: what else a caller's object carries would be copied to the worker too, or could not be.
  return {
    findPerson: (sessionHash) => read('findPerson', sessionHash),
    members: (roomId) => read('members', roomId),
    directs: (memberId) => read('directs', memberId),
    history: ({ roomId, memberId, before, limit }) => read('history', { roomId, memberId, before, limit }),
    changes: ({ roomId, memberId, since, limit, most }) => read('changes', { roomId, memberId, since, limit, most }),
    newer: ({ roomId, memberId, after, limit }) => read('newer', { roomId, memberId, after, limit }),
    around: ({ roomId, memberId, seq, limit }) => read('around', { roomId, memberId, seq, limit }),
    pinned: ({ roomId, memberId }) => read('pinned', { roomId, memberId }),
    standing: ({ roomId, memberId }) => read('standing', { roomId, memberId }),
    search: ({ memberId, query, roomId, before, lastHit, limit }) =>
      read('search', { memberId, query, roomId, before, lastHit, limit }),
    createRoom: (draft) =>
      write('createRoom', { ...membership(draft), title: draft.title, retention: draft.retention }),
    joinRoom: (draft) => write('joinRoom', membership(draft)),
    openDirect: ({ roomId, memberId, otherId, at }) => write('openDirect', { roomId, memberId, otherId, at }),
    leaveRoom: ({ roomId, memberId, at }) => write('leaveRoom', { roomId, memberId, at }),
    closeRoom: ({ roomId, memberId }) => write('closeRoom', { roomId, memberId }),
    changeRoom: ({ roomId, memberId, title, retention }) => write('changeRoom', { roomId, memberId, title, retention }),
    append: ({ roomId, memberId, clientKey, text, replyTo, attachments, sentAt }) =>
      write('append', { roomId, memberId, clientKey, text, replyTo, attachments, sentAt }),
    changeMessage: ({ roomId, memberId, seq, at, change }) =>
      write('changeMessage', { roomId, memberId, seq, at, change }),
    blockMember: ({ memberId, blockedId, isBlocked }) => write('blockMember', { memberId, blockedId, isBlocked }),
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
