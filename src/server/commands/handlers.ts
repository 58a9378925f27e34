import type { CommandName } from '#shared/protocol/contract'
import { addFile } from './add-file'
import { blockMember } from './block-member'
import { changeRoom } from './change-room'
import { closeRoom } from './close-room'
import { createRoom } from './create-room'
import { deleteMessage } from './delete-message'
import { dropFile } from './drop-file'
import { editMessage } from './edit-message'
import { fetchAround } from './fetch-around'
import { fetchHistory } from './fetch-history'
import { fetchMembers } from './fetch-members'
import { fetchNewer } from './fetch-newer'
import { fetchPinned } from './fetch-pinned'
import type { Handler } from './handler'
import { joinRoom } from './join-room'
import { leaveRoom } from './leave-room'
import { markRead } from './mark-read'
import { openDirect } from './open-direct'
import { openFile } from './open-file'
import { pinMessage } from './pin-message'
import { react } from './react'
import { searchMessages } from './search-messages'
import { sendMessage } from './send-message'
import { setDirects } from './set-directs'
import { setTyping } from './set-typing'
import { unreact } from './unreact'

export const handlers: { [C in CommandName]: Handler<C> } = {
  create_room: createRoom,
  join_room: joinRoom,
  leave_room: leaveRoom,
  close_room: closeRoom,
  change_room: changeRoom,
  send_message: sendMessage,
  add_file: addFile,
  drop_file: dropFile,
  open_file: openFile,
  fetch_history: fetchHistory,
  fetch_around: fetchAround,
  fetch_newer: fetchNewer,
  fetch_members: fetchMembers,
  edit_message: editMessage,
  delete_message: deleteMessage,
  react,
  unreact,
  pin_message: pinMessage,
  fetch_pinned: fetchPinned,
  mark_read: markRead,
  set_typing: setTyping,
  search_messages: searchMessages,
  open_direct: openDirect,
  block_member: blockMember,
  set_directs: setDirects,
}
