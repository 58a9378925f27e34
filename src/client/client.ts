import type { ServerUrl } from '#shared/address'
import { protocolVersion } from '#shared/protocol/contract'
import type { RoomGoneReason } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'
import { readAnnouncement, roomOf } from './announced'
import { createAsk } from './ask'
import { createAskFor } from './ask-for'
import { createBlocks } from './blocks'
import { ContractBreach, sparingly } from './breach'
import { createAnswering } from './calls/answering'
import { createComingAndGoing } from './calls/coming-and-going'
import { createFileCalls } from './calls/files'
import { createHosting } from './calls/hosting'
import { createPeopleCalls } from './calls/people'
import { createReading } from './calls/reading'
import { createSearching } from './calls/searching'
import { createTalking } from './calls/talking'
import { createCatchUp } from './catch-up'
import { createConnection } from './connection'
import { createCrowd } from './crowd'
import { createDelivery } from './delivery'
import { createDirects } from './directs'
import { createDirectsSetting } from './directs-from'
import type { Client, ClientOptions } from './door'
import { createErrands } from './errands'
import { createKeepRooms } from './keep-rooms'
import { createMemoryFiles } from './memory-files'
import { createNewsBatch } from './news'
import { createOwnFiles } from './own-files'
import { createReadMarks } from './read-marks'
import { createReadReceipts } from './read-receipts'
import type { OpenRoom } from './room'
import { createRooms } from './rooms'
import { openSaved } from './saved'
import { roomKey } from './saved-entities'
import { createSendFile } from './send-file'
import { createServers } from './servers'
import { createSessions } from './sessions'
import { openSocketIoLink } from './transport/socket-io'
import type { Link } from './transport/link'
import { sendByTus } from './transport/tus'
import { createTyping } from './typing'
import { createUploads } from './uploads'
import { createVisits } from './visits'

/** Keeps rooms on many servers in step: connects, resumes, and delivers what was written, whatever breaks in between. */
export function createClient(options: ClientOptions): Client {
  const { storage, files = createMemoryFiles(), createSha256, dial, clientName } = options
  const { isOnline = () => true, now = Date.now, monotonic = () => performance.now(), random = Math.random } = options
  const report = sparingly(options.report, monotonic)
  const saved = openSaved(storage, report)
  const sessions = createSessions(saved)
  const news = createNewsBatch(report)
  const { tell } = news
  const ask = createAsk(report)
  const blocks = createBlocks(tell)
  const directsSetting = createDirectsSetting(tell)
  const ownFiles = createOwnFiles(saved, { storage: files, createSha256, report })
  const rooms = createRooms({ saved, blocks, directsSetting, tell, forgetFiles: ownFiles.forget, report })
  const readMarks = createReadMarks(saved)
  const keepRooms = createKeepRooms(saved)
  const readReceipts = createReadReceipts({ ask, liveLink, report })
  const typing = createTyping({ ask, liveLink, now: monotonic, report })
  const errands = createErrands({ saved, rooms, ask, now })
  const live = new WeakMap<OpenRoom, Link>()

  const servers = createServers({
    hasRooms: (server) => rooms.on(server).length > 0,
    hasErrands: errands.pendingOn,
    connect: (server) =>
      createConnection({
        server,
        dial,
        isOnline,
        now,
        random,
        openLink: openSocketIoLink,
        handshake: () => {
          const session = sessions.known(server)
          return { protocol: protocolVersion, client: clientName, ...(session && { session }) }
        },
        onChange: (connection) => servers.isShown(server) && tell({ kind: 'connection', connection }),
        onOpen: (link) => resume(server, link),
        onDoubt: (link) => doubt(server, link),
        onAnnouncement: (name, payload) => hear(server, name, payload),
      }),
  })
  const delivery = createDelivery({ askFor: createAskFor({ ask, report }), random, report, onDelivered: level })
  const sendFile = createSendFile({
    ask,
    sendBytes: sendByTus,
    read: ownFiles.read,
    dial,
    session: sessions.of,
    random,
  })
  const uploads = createUploads({ ask, sendFile, report, onEnd: ({ server }) => rooms.on(server).forEach(deliver) })
  const catchUp = createCatchUp({ ask, sessions, isForgotten: saved.isForgotten, random, report, onEntered, onGone })
  const visits = createVisits({ servers, rooms, saved, sessions, now, tell, onEntered, onGone })
  const setAside = (room: OpenRoom) => onGone(room, 'left')
  const directs = createDirects({ rooms, visits, errands, sessions, ask, setAside, report })
  const crowd = createCrowd({ ask })

  async function resume(server: ServerUrl, link: Link) {
    // Left in another tab, which could not tell the server yet.
    for (const room of rooms.on(server)) if (errands.isLeaving(server, room.roomId)) onGone(room, 'left')
    rooms.on(server).forEach((room) => room.unplug())
    errands.run(server, link).then(() => servers.tend(server), report)
    await Promise.all(rooms.on(server).map((room) => catchUp.run(room, link)))
  }

  function onEntered(room: OpenRoom, link: Link) {
    live.set(room, link)
    saved.keepRoom(room.toSave())
    deliver(room)
    crowd.run(room, link).catch(report)
    readReceipts.resume(room)
    level(room, link)
  }

  function onGone(room: OpenRoom, reason: RoomGoneReason) {
    uploads.stop(room)
    rooms.remove(room, reason)
    servers.tend(room.server)
  }

  function level(room: OpenRoom, link: Link) {
    if (room.isBehind() && !room.isRetired()) catchUp.run(room, link).catch(report)
  }

  /** The room's link, once the room has caught up over it. */
  function liveLink(room: OpenRoom): Link | undefined {
    const link = live.get(room)
    return link?.ended.isSet() ? undefined : link
  }

  function deliver(room: OpenRoom) {
    const link = liveLink(room)
    if (!link) return
    uploads.run(room, link)
    delivery.run(room, link)
  }

  const drop = (room: OpenRoom, fileIds: readonly FileId[]) => uploads.drop(room, liveLink(room), fileIds)

  function hear(server: ServerUrl, name: string, payload: unknown) {
    const announced = readAnnouncement(name, payload)
    if (announced === 'unknown') return
    if (!announced) {
      report(new ContractBreach(`announcement ${name}`))
      return
    }

    if (announced.name === 'direct_opened') directs.opened(server, announced.payload.room)
    const room = rooms.get(roomKey(server, roomOf(announced)))
    if (!room) {
      visits.hearStray(server, announced)
      directs.hearStray(server, announced)
      return
    }
    const gone = room.hear(announced)
    if (gone) {
      onGone(room, gone)
      return
    }
    if (announced.name === 'room_changed') keepRooms.keepSoon(room)
    if (announced.name === 'read_changed') readMarks.keepSoon(room)
    const link = liveLink(room)
    if (link) level(room, link)
  }

  /** Any question will do: silence ends the link. */
  function doubt(server: ServerUrl, link: Link) {
    const [room] = rooms.on(server)
    if (room) ask(link, 'fetch_history', { roomId: room.roomId, before: 1, limit: 1 }, 3_000).catch(report)
  }

  for (const room of [...rooms.all(), ...errands.servers().map((server) => ({ server }))]) servers.tend(room.server)

  const answering = createAnswering({ rooms, servers, news, report })
  const { createRoom, ...comingAndGoing } = createComingAndGoing(answering, {
    rooms,
    servers,
    saved,
    sessions,
    visits,
    errands,
    typing,
    ownFiles,
    ask,
    tell,
    report,
    onGone,
  })

  return {
    createRoom,
    calls: {
      ...comingAndGoing,
      ...createTalking(answering, { typing, ownFiles, now, report, deliver, drop }),
      ...createFileCalls(answering, { ask, ownFiles, dial, report }),
      ...createReading(answering, { ask, readMarks, readReceipts, typing }),
      ...createSearching(answering, { ask, rooms, servers }),
      ...createPeopleCalls(answering, { ask, directs, blocks, directsSetting }),
      ...createHosting(answering, { ask, saved }),
    },
    onNews: news.listen,
    networkChanged: servers.networkChanged,
    storageChanged() {
      for (const room of rooms.all()) {
        room.outbox.refresh()
        room.tellPending()
        deliver(room)
      }
    },
    state() {
      const lastServer = saved.lastServer()
      return {
        name: saved.name(),
        ...(lastServer && { lastServer }),
        recent: saved.recent(),
        connections: servers.shown(),
        rooms: rooms.all().map((room) => room.snapshot()),
      }
    },
    async close() {
      readMarks.flush()
      keepRooms.flush()
      servers.close()
      news.flush()
      await uploads.settled()
      await ownFiles.settled()
    },
  }
}
