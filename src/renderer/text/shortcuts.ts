import type { Place, ShortcutId } from '../keyboard/shortcuts'

export const shortcutWords: Readonly<Record<ShortcutId, string>> = {
  help: 'Show the keyboard shortcuts',
  switcher: 'Go to another room',
  searchRoom: 'Search in this room',
  searchAll: 'Search everywhere',
  settings: 'Open the settings',
  previousRoom: 'Previous room',
  nextRoom: 'Next room',
  previousUnread: 'Previous unread room',
  nextUnread: 'Next unread room',
  backward: 'Back to where you were',
  forward: 'Forward again',
  nextRegion: 'Next part of the window',
  previousRegion: 'Previous part of the window',
  markAllRead: 'Mark everything as read',
  back: 'Close, cancel the answer or edit, go to the newest message',
  pageUp: 'Scroll up through the messages',
  pageDown: 'Scroll down through the messages',
  firstUnread: 'Jump to the first unread message',
  latest: 'Jump to the newest message',
  reactLatest: 'React to the newest message',
  send: 'Send',
  newLine: 'New line',
  bold: 'Bold',
  italic: 'Italic',
  code: 'Code',
  link: 'Link',
  attach: 'Add files',
  editLast: 'Edit your last message, in an empty box',
  replyLatest: 'Answer the newest message, in an empty box',
  recallEarlier: 'Bring back what you sent before',
  recallLater: 'Bring back what you sent after that',
  complete: 'Take the suggested name or emoji',
}

export const onlyInApp = (words: string) => `${words}, in the app only`

export const placeTitles: Readonly<Record<Place, string>> = {
  everywhere: 'Everywhere',
  reading: 'Reading',
  writing: 'Writing',
}

export const shortcutHelpWords = {
  title: 'Keyboard shortcuts',
  search: 'Search shortcuts',
  none: 'No shortcut is called that.',
  close: 'Close',
}
