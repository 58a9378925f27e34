import type { CommandName } from '#shared/protocol/contract'
import { changeRoom } from './change-room'
import { closeRoom } from './close-room'
import { createRoom } from './create-room'
import { fetchHistory } from './fetch-history'
import type { Handler } from './handler'
import { joinRoom } from './join-room'
import { leaveRoom } from './leave-room'
import { sendMessage } from './send-message'

export const handlers: { [C in CommandName]: Handler<C> } = {
  create_room: createRoom,
  join_room: joinRoom,
  leave_room: leaveRoom,
  close_room: closeRoom,
  change_room: changeRoom,
  send_message: sendMessage,
  fetch_history: fetchHistory,
}
