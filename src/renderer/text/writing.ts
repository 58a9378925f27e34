import { counted } from './phrases'

export const composerWords = {
  placeholder: (title: string) => `Message ${title}`,
  send: 'Send',
  left: (n: number) => `${counted(n, 'character', 'characters')} left`,
  over: (n: number) => `${counted(n, 'character', 'characters')} too many`,
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
