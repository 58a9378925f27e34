import type { ClientErrorCode, Hosting, MessageChange, RoomGoneReason } from '#shared/bridge'
import type { Retention } from '#shared/protocol/entities'

const list = new Intl.ListFormat('en', { type: 'conjunction' })
const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

/** What went wrong, whether anything was lost, what to do. */
export const errorWords: Readonly<Record<ClientErrorCode, string>> = {
  invalid_request: 'The server did not understand that. Check what you entered and try again.',
  room_not_found: 'There is no room with that code. Check it with the person who gave it to you.',
  name_invalid: 'That name cannot be used here. Use up to 32 visible letters, digits or signs.',
  name_taken: 'Somebody in that room has this name, or one that looks like it. Choose another.',
  not_a_member: 'You are no longer in this room. Join it again to go on.',
  wrong_password: 'That is not the password of this room.',
  room_full: 'The room is full. Try again when somebody has left.',
  banned: 'The host does not let you into this room.',
  forbidden: 'Only the host of the room can do that.',
  rate_limited: 'That was too much at once. Wait a moment and try again.',
  too_large: 'That is too long. Shorten it and try again.',
  conflict: 'The server already has a different message in its place.',
  storage_full: "The host's disk is full, so nothing new can be kept there.",
  unsupported_version: 'The server speaks another version of Parlor. Update Parlor here or there.',
  internal: 'Something went wrong on the server. Nothing you wrote is lost. Try again.',
  offline: 'The server cannot be reached. Check the address and that you are on the same network.',
  timed_out: 'The server did not answer in time. Try again.',
  address_invalid: 'That is not a room code, a link or an address. A code looks like ABC 234.',
  not_a_parlor_server: 'Something else answers at that address, not Parlor. Check the address and the port.',
  hosting_failed: 'The room server could not start on this computer. Nothing was lost. Try again.',
  not_kept: 'This device could not save that. Free some space and try again.',
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

export const goneWords: Readonly<Record<RoomGoneReason, { title: string; text: string }>> = {
  left: { title: 'You left this room', text: 'You can join again with its code, as long as the room exists.' },
  disconnected: { title: 'You were signed out of this room', text: 'Join again with the code to go on.' },
  closed_by_host: {
    title: 'The host closed this room',
    text: 'Its messages are deleted for everybody. To go on, host a new room or ask for another code.',
  },
  expired: {
    title: 'This room has ended',
    text: 'It was kept only for a time, and that time is over. Its messages are deleted.',
  },
  not_found: {
    title: 'This room no longer exists',
    text: 'The server does not know it any more. To go on, host a new room or ask for another code.',
  },
  not_a_member: { title: 'You are no longer in this room', text: 'Join again with the code to go on.' },
}

export const hostingFailureWords: Readonly<Record<Extract<Hosting, { state: 'failed' }>['reason'], string>> = {
  port_unavailable: 'No network port is free for the room server. Close other servers on this computer and try again.',
  data_damaged: 'The stored rooms on this computer are damaged. They were left untouched.',
  data_newer: 'The stored rooms were written by a newer Parlor and were left untouched. Update Parlor to open them.',
  crashing: 'The room server on this computer keeps stopping. What was sent is safe on disk.',
  internal: 'The room server on this computer stopped. What was sent is safe on disk.',
}

export function retentionWords(retention: Retention): string {
  if (retention === 'while_occupied') return 'Kept until the last person leaves'
  return retention === 'forever' ? 'Kept until the host deletes it' : `Kept for ${count(retention.days, 'day', 'days')}`
}

export const retentionChoices = {
  while_occupied: 'Until everyone has left',
  days: 'For 30 days',
  forever: 'Until I delete it',
}

const people = (names: readonly string[]): string => {
  const [first = '', second, third] = names
  if (names.length > 3) return `${first} and ${names.length - 1} others`
  return list.format([first, second, third].filter((name) => name !== undefined))
}

export const noticeWords = {
  joined: (names: readonly string[]) => `${people(names)} joined`,
  returned: (names: readonly string[]) => `${people(names)} ${names.length === 1 ? 'is' : 'are'} back`,
  disconnected: (names: readonly string[]) => `${people(names)} went offline`,
  left: (names: readonly string[]) => `${people(names)} left`,
}

export const startWords = {
  tagline: 'A room for the people around you.',
  yourName: 'Your name',
  nameNeeded: 'Enter the name that others will see.',
  host: 'Host a room on this network',
  hostHint: 'Opens a room on this computer. Colleagues join from the app or any browser.',
  hosting: 'Opening the room…',
  hostOptions: 'Title and how long messages are kept',
  roomTitle: 'Room title',
  optional: 'optional',
  titlePlaceholder: 'Lobby',
  whatIsKept: 'Keep messages',
  cancel: 'Cancel',
  join: 'Join a room',
  joinHint: 'Room code, link or address',
  joinPlaceholder: 'ABC 234 or 192.168.1.5/ABC234',
  codeHint: 'Room code',
  codePlaceholder: 'ABC 234',
  joinNow: 'Join',
  joining: 'Joining…',
  codeNeeded: 'Enter the code, link or address of the room.',
  openRooms: 'Your rooms',
  recent: 'Recent rooms',
  forget: (title: string) => `Forget ${title}`,
  remember: 'Remember me on this computer',
  rememberHint: 'kept unencrypted: this system has no keyring',
  joinVerb: 'Join',
  joinTitle: (code: string) => `Join ${code}`,
  joinOn: (server: string) => `A room on ${server}. Choose the name that others will see.`,
  elsewhere: 'Join another room',
  thisComputer: 'This computer',
}

export const roomWords = {
  rooms: 'Rooms',
  untitled: 'Room',
  joinAnother: 'Join a room',
  hostAnother: 'Host a room',
  unread: (n: number) => count(n, 'unread message', 'unread messages'),
  draft: 'Draft',
  people: 'People',
  you: 'you',
  hostMark: 'host',
  online: 'online',
  offline: 'offline',
  closePanel: 'Close',
  openRooms: 'Show rooms',
  openPeople: (online: number) => `Show people, ${online} online`,
  menu: 'Room menu',
  copyCode: (code: string) => `Copy the room code ${code}`,
  copiedCode: 'Room code copied',
  copiedLink: 'Link copied',
  copyFailed: 'Could not copy. The text is selected, so press Ctrl+C or ⌘C.',
  share: 'Share',
  anyoneCanJoin: 'Anyone on this network can join at',
  othersCanJoin: 'Others can join at',
  withTheCode: 'with the code',
  otherAddresses: 'If that address does not work, try',
  copyLink: 'Copy link',
  portTaken: (wanted: number, port: number) =>
    `Port ${wanted} is used by another program, so the room is on port ${port}.`,
  noAddress: 'This computer is on no network right now, so nobody else can reach the room.',
  heardOnNetwork: 'not private on this network',
  heardByServer: 'encrypted on the way to the server',
  settings: 'Room settings',
  save: 'Save',
  cancel: 'Cancel',
  leave: 'Leave room',
  leaveTitle: 'Leave this room?',
  leaveText: 'Others see that you left, and your name becomes free. You can join again with the code.',
  close: 'Close room for everyone',
  closeTitle: 'Close this room for everyone?',
  closeText: 'The room and all its messages are deleted, for everybody, at once. This cannot be undone.',
  closeConfirm: 'Close and delete',
  lostHere: (n: number) => `${count(n, 'message', 'messages')} you wrote here ${n === 1 ? 'was' : 'were'} not sent:`,
  nothingLost: 'Everything you wrote here had been sent.',
  backToStart: 'Back to start',
  joinAgain: 'Join again',
}

export const logWords = {
  label: (title: string) => `Messages in ${title}`,
  loading: 'Loading messages',
  older: 'Show older messages',
  loadingOlder: 'Loading older messages…',
  olderFailed: 'Older messages could not be loaded.',
  notYet: 'Earlier messages appear when the server is reached.',
  beginning: (title: string) => `This is the beginning of ${title}.`,
  firstHere: (code: string) => `You are the first here. Share ${code}.`,
  quiet: 'Nobody has written anything yet. Say hello.',
  fresh: 'New',
  toLatest: 'Jump to latest',
  newMessages: (n: number) => count(n, 'new message', 'new messages'),
  announced: (author: string, text: string) => `${author}, ${text}`,
  waiting: 'Waiting to be sent',
  notSent: 'Not sent.',
  retry: 'Try again',
  discard: 'Delete',
  damaged: 'This message was damaged on the disk it was kept on.',
  linkRefused: 'That link could not be opened.',
}

export const markupWords = {
  copyCode: 'Copy',
  copiedCode: 'Code copied',
  codeIn: (language: string) => (language === '' ? 'Code' : `Code in ${language}`),
}

export const composerWords = {
  placeholder: (title: string) => `Message ${title}`,
  send: 'Send',
  left: (n: number) => `${count(n, 'character', 'characters')} left`,
  over: (n: number) => `${count(n, 'character', 'characters')} too many`,
  overBytes: 'Too long to send in one message',
  suggestions: 'Suggestions',
  emoji: 'Emoji',
  askTitle: 'Tell everyone?',
  askText: (people: number) => `@everyone calls all ${people} people in this room.`,
  askConfirm: 'Send to everyone',
}

export const emojiWords = {
  search: 'Search emoji',
  recent: 'Used lately',
  groups: [
    'Smileys and feelings',
    'People and hands',
    'Animals and nature',
    'Food and drink',
    'Travel and places',
    'Activities',
    'Objects',
    'Symbols',
    'Flags',
  ],
  found: 'Found',
  none: 'No emoji is called that.',
}

export const connectionWords = {
  offline: 'You are offline. What you write is sent when you are back.',
  connecting: 'Reconnecting… What you write is sent when we are back.',
  connectingFirst: 'Connecting…',
  retryIn: (seconds: number) => `Reconnecting in ${seconds} s. What you write is sent when we are back.`,
  hostGone:
    'The host cannot be reached. Their computer may be asleep or Parlor closed. What you write is kept and sent when it is back.',
  resuming: 'Catching up…',
  tryNow: 'Try now',
  restarting: 'The room server on this computer is restarting. Nothing is lost.',
  starting: 'The room server on this computer is starting…',
  stopped: 'This computer is not hosting now, so nobody can reach this room.',
  status: {
    offline: 'offline',
    connecting: 'reconnecting…',
    resuming: 'catching up…',
    online: 'online',
    refused: 'refused',
  },
}

export const settingsWords = {
  label: 'Settings',
  appearance: 'Appearance',
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
  stopHosting: 'Stop hosting',
  stopTitle: 'Stop hosting rooms?',
  stopText: 'Everybody in your rooms loses the connection until you host again. Messages stay on this computer.',
}

export const actionWords = {
  label: 'Message actions',
  more: 'More',
  reactWith: (emoji: string) => `React with ${emoji}`,
  pickEmoji: 'React with another emoji',
  reactions: 'Reactions',
  reacted: (names: readonly string[], emoji: string) => `${list.format(names)} reacted with ${emoji}`,
  you: 'You',
  somebody: 'Somebody',
  reply: 'Reply',
  edit: 'Edit',
  pin: 'Pin to the room',
  unpin: 'Unpin',
  copyText: 'Copy text',
  copiedText: 'Text copied',
  copyLink: 'Copy link to message',
  copiedLink: 'Link copied',
  noLink: 'This computer is on no network right now, so the message has no address.',
  remove: 'Delete',
  removeTitle: 'Delete this message?',
  removeText: 'Its text is removed for everybody. That it was here stays visible.',
  removeConfirm: 'Delete message',
  edited: 'edited',
  editedAt: (time: string) => `Edited ${time}`,
  deleted: 'This message was deleted.',
  pinned: 'Pinned',
  earlier: 'An earlier message',
  toOriginal: 'Go to the message this answers',
  blocked: 'Blocked message',
  show: 'Show',
  dismiss: 'Dismiss',
  cancel: 'Cancel (Esc)',
  editing: 'Editing your message',
  replyingTo: (name: string) => `Replying to ${name}`,
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

export const jumpWords = {
  notThere: 'That message is no longer kept.',
  newer: 'Show newer messages',
  loadingNewer: 'Loading newer messages…',
  newerFailed: 'Newer messages could not be loaded.',
}

export const placeWords = {
  typing: (names: readonly string[]) =>
    names.length > 3
      ? 'Several people are writing…'
      : `${list.format(names)} ${names.length === 1 ? 'is' : 'are'} writing…`,
  readBy: (names: readonly string[]) => `Read by ${list.format(names)}`,
  newSince: (n: number, time: string) => `${n} new since ${time}`,
  dismiss: 'Dismiss',
  mentions: (n: number) => count(n, 'message for you', 'messages for you'),
  markAllRead: 'Mark all rooms read',
  switcher: 'Go to a room or person',
  noRoom: 'No room or person goes by that.',
  privacy: 'What others see',
  showsTyping: 'That I am writing',
  showsReads: 'How far I have read',
  privacyHint: 'Switched off, you do not see it of others either.',
}

export const searchWords = {
  label: 'Search',
  inRoom: 'This room',
  everywhere: 'All rooms',
  scope: 'Where to search',
  placeholder: 'Words, from:, before:, after:, in:',
  hint: 'Narrow it with from:Ada, before:2026-01-31, after:2026-01-01 or in:Lobby.',
  none: 'Nothing found.',
  searching: 'Searching…',
  more: 'Show more',
  noSuchRoom: 'You are in no room that goes by that name.',
  found: (n: number, hasMore: boolean) => `${n}${hasMore ? ' or more' : ''} found, newest first`,
}

export const pinnedWords = {
  label: 'Pinned messages',
  none: 'Nothing is pinned here. Pin a message from its menu.',
  loading: 'Loading…',
}

export const directWords = {
  label: 'Direct messages',
  message: (name: string) => `Message ${name}`,
  verb: 'Message',
  block: 'Block',
  unblock: 'Unblock',
  blocked: 'blocked',
  more: (name: string) => `More about ${name}`,
  blockTitle: (name: string) => `Block ${name}?`,
  blockText: 'Their messages are folded away, and they cannot write to you alone, mention you or show that they write.',
  truth: (name: string) => `Only you and ${name} are in here`,
  notHere: (name: string) => `${name} is not here right now.`,
}

export const titleWords = { direct: 'Direct message' }
