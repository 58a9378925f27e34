import { counted, listed } from './phrases'

export const placeWords = {
  typing: (names: readonly string[]) =>
    names.length > 3 ? 'Several people are writing…' : `${listed(names)} ${names.length === 1 ? 'is' : 'are'} writing…`,
  readBy: (names: readonly string[]) => `Read by ${listed(names)}`,
  newSince: (n: number, time: string) => `${n} new since ${time}`,
  moreThan: (n: number) => `More than ${n} new`,
  dismiss: 'Dismiss',
  mentions: (n: number) => counted(n, 'message for you', 'messages for you'),
  markAllRead: 'Mark all rooms read',
  switcher: 'Go to a room or person',
  person: 'Direct message',
  noRoom: 'No room or person goes by that.',
  privacy: 'What others see',
  showsTyping: 'That I am writing',
  showsReads: 'How far I have read',
  privacyHint: 'Switched off, you do not see it of others.',
}
