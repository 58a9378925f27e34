import type { RoomGoneReason } from '#shared/bridge'
import type { Retention } from '#shared/protocol/entities'
import { counted, listed } from './phrases'

export const roomWords = {
  rooms: 'Rooms',
  untitled: 'Room',
  joinAnother: 'Join a room',
  hostAnother: 'Host a room',
  unread: (n: number, hasMore = false) =>
    `${hasMore ? 'more than ' : ''}${counted(n, 'unread message', 'unread messages')}`,
  draft: 'Draft',
  people: 'People',
  showMorePeople: 'Show more people',
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
  lostHere: (n: number) => `${counted(n, 'message', 'messages')} you wrote here ${n === 1 ? 'was' : 'were'} not sent:`,
  nothingLost: 'Everything you wrote here had been sent.',
  backToStart: 'Back to start',
  joinAgain: 'Join again',
}

export const titleWords = { direct: 'Direct message' }

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

export function retentionWords(retention: Retention): string {
  if (retention === 'while_occupied') return 'Kept until the last person leaves'
  return retention === 'forever'
    ? 'Kept until the host deletes it'
    : `Kept for ${counted(retention.days, 'day', 'days')}`
}

export const retentionChoices = {
  while_occupied: 'Until everyone has left',
  days: 'For 30 days',
  forever: 'Until I delete it',
}

const people = (names: readonly string[]): string => {
  const [first = '', second, third] = names
  if (names.length > 3) return `${first} and ${names.length - 1} others`
  return listed([first, second, third].filter((name) => name !== undefined))
}

export const noticeWords = {
  joined: (names: readonly string[]) => `${people(names)} joined`,
  returned: (names: readonly string[]) => `${people(names)} ${names.length === 1 ? 'is' : 'are'} back`,
  disconnected: (names: readonly string[]) => `${people(names)} went offline`,
  left: (names: readonly string[]) => `${people(names)} left`,
}
