import * as v from 'valibot'
import { parseServerUrl, type ServerUrl } from '#shared/address'
import type { CallName, PlatformCalls, RoomKey } from '#shared/bridge'
import { DirectsFrom } from '#shared/protocol/contract'
import { Retention } from '#shared/protocol/entities'
import { FileLooks, FileType } from '#shared/protocol/files'
import { ClientKey, FileId, MemberId, Rev, Seq, Time } from '#shared/protocol/ids'
import { limits } from '#shared/protocol/limits'
import { isRoomCode } from '#shared/protocol/room-code'
import { Caption, Emoji, FileName, MessageText, RoomTitle, SearchText } from '#shared/protocol/text'

const Server = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check((url) => parseServerUrl(url) === url),
  v.transform((url) => url as ServerUrl),
)

const Key = v.pipe(
  v.string(),
  v.maxLength(320),
  v.check((key) => {
    const slash = key.lastIndexOf('/')
    return parseServerUrl(key.slice(0, slash)) === key.slice(0, slash) && isRoomCode(key.slice(slash + 1))
  }),
  v.transform((key) => key as RoomKey),
)

const Name = v.pipe(v.string(), v.maxLength(512))
const Nothing = v.strictObject({})

const Again = v.strictObject({ kind: v.picklist(['retry', 'discard']) })
const EditPending = v.strictObject({ kind: v.literal('edit'), text: Caption })
const FileChange = v.strictObject({ kind: v.picklist(['pause', 'resume', 'discard']) })
const Change = v.variant('kind', [
  v.strictObject({ kind: v.literal('edit'), text: MessageText }),
  v.strictObject({ kind: v.picklist(['react', 'unreact']), emoji: Emoji }),
  v.strictObject({ kind: v.picklist(['delete', 'pin', 'unpin']) }),
])
const Where = v.union([
  v.strictObject({ before: Seq }),
  v.strictObject({ after: Rev }),
  v.strictObject({ around: Seq }),
  v.strictObject({ pinned: v.literal(true), after: v.exactOptional(Seq) }),
])

const Size = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const OwnFile = v.strictObject({
  fileId: FileId,
  name: FileName,
  type: FileType,
  size: Size,
  looks: FileLooks,
  thumbnailOf: v.exactOptional(FileId),
})
/** Each with a thumbnail. */
const OwnFiles = v.pipe(v.array(OwnFile), v.minLength(1), v.maxLength(2 * limits.filesPerMessage))
const Piece = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.length > 0 && bytes.length <= limits.filePieceBytes),
)

type Inputs = { [C in CallName]: v.GenericSchema<unknown, Parameters<PlatformCalls[C]>[0]> }

/** What the renderer may send, call by call. It is the least trusted part: nothing else gets in. */
export const inputs = {
  getState: Nothing,
  hostRoom: v.strictObject({
    name: Name,
    title: v.exactOptional(RoomTitle),
    retention: v.exactOptional(Retention),
    remember: v.boolean(),
  }),
  joinRoom: v.strictObject({ name: Name, address: v.pipe(v.string(), v.maxLength(2_048)), remember: v.boolean() }),
  leaveRoom: v.strictObject({ key: Key, how: v.picklist(['leave', 'close', 'forget']) }),
  changeRoom: v.strictObject({ key: Key, title: v.exactOptional(RoomTitle), retention: v.exactOptional(Retention) }),
  sendMessage: v.strictObject({
    key: Key,
    clientKey: ClientKey,
    text: Caption,
    replyTo: v.exactOptional(Seq),
    files: v.exactOptional(OwnFiles),
  }),
  keepFile: v.strictObject({
    key: Key,
    fileId: FileId,
    offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    bytes: Piece,
  }),
  changePending: v.union([
    v.strictObject({ key: Key, clientKey: ClientKey, change: v.variant('kind', [Again, EditPending]) }),
    v.strictObject({ key: Key, fileId: FileId, change: FileChange }),
    v.strictObject({ key: Key, seq: Seq, change: Again }),
  ]),
  openFile: v.strictObject({ key: Key, fileId: FileId }),
  saveFile: v.strictObject({ key: Key, fileId: FileId, name: FileName }),
  changeMessage: v.strictObject({ key: Key, seq: Seq, change: Change }),
  fetchMessages: v.strictObject({ key: Key, where: Where }),
  searchMessages: v.strictObject({
    query: SearchText,
    key: v.exactOptional(Key),
    lastHit: v.exactOptional(v.strictObject({ key: Key, seq: Seq, sentAt: Time })),
  }),
  showPresence: v.union([
    v.strictObject({ key: Key, typing: v.boolean() }),
    v.strictObject({ key: Key, readSeq: Seq, hidden: v.exactOptional(v.boolean()) }),
  ]),
  openDirect: v.strictObject({ key: Key, memberId: MemberId }),
  blockMember: v.union([
    v.strictObject({ key: Key, memberId: MemberId, blocked: v.boolean() }),
    v.strictObject({ key: Key, directsFrom: DirectsFrom }),
  ]),
  reconnect: v.strictObject({ server: Server, copy: v.exactOptional(v.pipe(v.string(), v.maxLength(100))) }),
  stopHosting: Nothing,
  copyText: v.strictObject({ text: v.pipe(v.string(), v.maxLength(65_536)) }),
  openLink: v.strictObject({ url: v.pipe(v.string(), v.maxLength(4_096)) }),
} satisfies Inputs
