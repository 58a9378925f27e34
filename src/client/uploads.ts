import type { FileId } from '#shared/protocol/ids'
import type { Ask } from './ask'
import { createLatch } from './latch'
import { createProgress } from './progress'
import type { QueuedFile } from './queued'
import type { OpenRoom } from './room'
import type { SendFile, SentFile } from './send-file'
import type { Link } from './transport/link'

/** As many as a server takes from one person at once. */
const mostAtOnce = 3

export interface UploadsOptions {
  ask: Ask
  sendFile: SendFile
  /** A file has come to an end: there is room for another of that server. */
  onEnd: (room: OpenRoom) => void
  report: (error: unknown) => void
}

export interface Uploads {
  /** Starts what waits in the room's outbox, and stops what is no longer to be sent. */
  run: (room: OpenRoom, link: Link) => void
  /** Takes files back that no message will have. */
  drop: (room: OpenRoom, link: Link | undefined, fileIds: readonly FileId[]) => void
  /** The room is no longer ours. */
  stop: (room: OpenRoom) => void
  settled: () => Promise<void>
}

interface Running {
  room: OpenRoom
  link: Link
  stop: ReturnType<typeof createLatch>
  done: Promise<void>
}

/** Sends the files of messages ahead of them. Whatever is cut off goes on over the next link from where it stood. */
export function createUploads({ ask, sendFile, onEnd, report }: UploadsOptions): Uploads {
  const running = new Map<FileId, Running>()
  const lastLinks = new WeakMap<OpenRoom, Link>()
  const progress = createProgress()
  const on = (link: Link) => [...running.values()].filter((upload) => upload.link === link)

  function run(room: OpenRoom, link: Link) {
    if (link.ended.isSet() || room.isRetired()) return
    if (lastLinks.get(room) !== link) {
      lastLinks.set(room, link)
      room.outbox.files.startOver()
    }
    room.outbox.refresh()
    const wanted = room.outbox.files.toSend()
    for (const [fileId, upload] of running)
      if (upload.room === room && !wanted.some((file) => file.fileId === fileId)) upload.stop.set()
    const free = Math.max(0, mostAtOnce - on(link).length)
    for (const file of wanted.filter(({ fileId }) => !running.has(fileId)).slice(0, free)) start(room, link, file)
    room.tellPending()
  }

  function start(room: OpenRoom, link: Link, file: QueuedFile) {
    const { fileId } = file
    const stop = createLatch()
    const stopWaiting = link.ended.onSet(stop.set)
    const onSent = (sent: number) => progress.note(room, fileId, sent)
    room.outbox.files.show(fileId, { state: 'sending' })
    const done = sendFile({ room, link, file, stop, onSent })
      .then((sent) => take(room, file, sent))
      .catch(report)
      .finally(() => {
        stopWaiting()
        running.delete(fileId)
        onEnd(room)
      })
    running.set(fileId, { room, link, stop, done })
  }

  function take(room: OpenRoom, { fileId, size }: QueuedFile, sent: SentFile) {
    const { outbox, tellPending } = room
    progress.forget(room, fileId)
    outbox.refresh()
    const state = outbox.files.find(fileId)?.state
    const clientKey = outbox.files.messageOf(fileId)
    if (state !== 'sending' || clientKey === undefined) return
    if (sent.kind === 'stored') outbox.files.show(fileId, { state: 'stored', sent: size })
    if (sent.kind === 'stopped') outbox.files.show(fileId, { state: 'waiting' })
    if (sent.kind === 'failed') outbox.fail(clientKey, sent.code)
    tellPending()
  }

  return {
    run,
    drop({ roomId }, link, fileIds) {
      for (const fileId of fileIds) {
        const upload = running.get(fileId)
        upload?.stop.set()
        if (!link) continue
        const takeBack = () => ask(link, 'drop_file', { roomId, fileId })
        Promise.resolve(upload?.done).then(takeBack).catch(report)
      }
    },
    stop: (room) =>
      running.forEach((upload) => {
        if (upload.room === room) upload.stop.set()
      }),
    async settled() {
      progress.close()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}
