import type { ClientErrorCode, Hosting, MessageChange } from '#shared/bridge'

/** What went wrong, whether anything was lost, what to do. */
export const errorWords: Readonly<Record<ClientErrorCode, string>> = {
  invalid_request: 'The server did not understand that. Check what you entered and try again.',
  room_not_found: 'There is no room with that code. Check it with the person who gave it to you.',
  name_invalid: 'That name cannot be used here. Use up to 32 visible letters, digits or signs.',
  name_taken: 'Somebody in that room has this name, or one that looks like it. Choose another.',
  not_a_member: 'You are no longer in this room. Join it again to go on.',
  wrong_password: 'That is not the password of this room.',
  room_full: 'This room is full. Try again when somebody has left.',
  banned: 'The host does not let you into this room.',
  forbidden: 'Only the host of the room can do that.',
  rate_limited: 'That was too much at once. Wait a moment and try again.',
  too_large: 'That is too long. Shorten it and try again.',
  conflict: 'The server already has a different message in its place.',
  storage_full: "The host's disk is full, so nothing new can be kept there.",
  unsupported_version: 'This server speaks another version of Parlor. Update Parlor here or there.',
  internal: 'Something went wrong on the server. Nothing you wrote is lost. Try again.',
  offline: 'The server cannot be reached. Check the address and that you are on the same network.',
  timed_out: 'The server did not answer in time. Try again.',
  address_invalid: 'That is not a room code, a link or an address. A code looks like ABC 234.',
  not_a_parlor_server: 'Something else answers at that address, not Parlor. Check the address and the port.',
  hosting_failed: 'The room server could not start on this computer. Nothing was lost. Try again.',
  not_kept: 'This device could not save that. Free some space and try again.',
}

/** At a server's door, before anybody is in a room there. */
export const doorErrorWords: typeof errorWords = {
  ...errorWords,
  rate_limited: 'The server takes no more from your network just now. Wait a moment and try again.',
  forbidden: 'That server lets nobody in this way. Check the address with the person who gave it to you.',
}

/** Writing to one person alone. */
export const directErrorWords: typeof errorWords = {
  ...errorWords,
  forbidden: 'You cannot write to this person alone.',
  too_large: 'You have blocked as many people as the server remembers. Unblock somebody first.',
}

/** Why one message was not sent. */
export const sendFailureWords: Readonly<Partial<Record<ClientErrorCode, string>>> = {
  too_large: 'Not sent: it is too long.',
  not_a_member: 'Not sent: you are no longer in this room.',
  room_not_found: 'Not sent: the room is gone.',
  storage_full: "Not sent: the host's disk is full.",
  forbidden: 'Not sent: you may not write here.',
  banned: 'Not sent: the host does not let you write here.',
  rate_limited: 'Not sent: too many messages at once.',
}

/** Why one change of a message was not made, where that can be said better than in general. */
type ErrorWords = Partial<Record<ClientErrorCode, string>>
export const changeErrorWords: Readonly<Partial<Record<MessageChange['kind'], ErrorWords>>> = {
  pin: { too_large: 'The room has as many pins as it can have. Unpin another message first: anybody may.' },
  react: { too_large: 'The message has as many different reactions as it can have, or as many of yours.' },
}

/** What could not be changed about a message. */
export const changeFailureWords: Readonly<Record<MessageChange['kind'], string>> = {
  edit: 'Your edit was not accepted.',
  delete: 'The message could not be deleted.',
  react: 'Your reaction was not accepted.',
  unreact: 'Your reaction could not be taken back.',
  pin: 'The message could not be pinned.',
  unpin: 'The message could not be unpinned.',
}

export const hostingFailureWords: Readonly<Record<Extract<Hosting, { state: 'failed' }>['reason'], string>> = {
  port_unavailable: 'No network port is free for the room server. Close other servers on this computer and try again.',
  data_damaged: 'The rooms stored on this computer are damaged. They were left untouched.',
  data_newer: 'The stored rooms were written by a newer Parlor and were left untouched. Update Parlor to open them.',
  data_in_use: 'Another Parlor on this computer is using the stored rooms. Close it and try again.',
  data_full: 'The disk of this computer is full. Free some space and try again.',
  data_forbidden:
    'Parlor may not write where it keeps rooms on this computer. Allow it, or unlock the disk, and try again.',
  data_foreign: 'Something that is not Parlor’s is where it keeps rooms on this computer. Move it away and try again.',
  crashing: 'The room server on this computer keeps stopping. What was sent is safe on disk.',
  internal: 'The room server on this computer stopped. What was sent is safe on disk.',
}
