import * as v from 'valibot'
import { parseServerUrl, type ServerUrl } from '#shared/address'
import type { CallName, PlatformCalls, RoomKey } from '#shared/bridge'
import { Retention } from '#shared/protocol/entities'
import { ClientKey, Seq } from '#shared/protocol/ids'
import { isRoomCode } from '#shared/protocol/room-code'
import { MessageText, RoomTitle } from '#shared/protocol/text'

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
  leaveRoom: v.strictObject({ key: Key }),
  closeRoom: v.strictObject({ key: Key }),
  changeRoom: v.strictObject({ key: Key, title: v.exactOptional(RoomTitle), retention: v.exactOptional(Retention) }),
  sendMessage: v.strictObject({ key: Key, clientKey: ClientKey, text: MessageText }),
  retryMessage: v.strictObject({ key: Key, clientKey: ClientKey }),
  discardMessage: v.strictObject({ key: Key, clientKey: ClientKey }),
  fetchHistory: v.strictObject({ key: Key, before: Seq }),
  markRead: v.strictObject({ key: Key, seq: Seq }),
  reconnect: v.strictObject({ server: Server }),
  stopHosting: Nothing,
  forgetRoom: v.strictObject({ key: Key }),
  copyText: v.strictObject({ text: v.pipe(v.string(), v.maxLength(65_536)) }),
  openLink: v.strictObject({ url: v.pipe(v.string(), v.maxLength(4_096)) }),
} satisfies Inputs
