export const searchWords = {
  label: 'Search',
  inRoom: 'This room',
  everywhere: 'All rooms',
  scope: 'Where to search',
  placeholder: 'Words, from:, has:file, in:',
  hint: 'Narrow it with from:Ada, has:file, before:2026-01-31, after:2026-01-01 or in:Lobby.',
  none: 'Nothing found.',
  searching: 'Searching…',
  more: 'Show more',
  noSuchRoom: 'You are in no room that goes by that name.',
  truncated: 'Only the newest part was searched. Narrow it, as with from:Ada or before:2026-01-31.',
  found: (n: number, hasMore: boolean) => `${n}${hasMore ? ' or more' : ''} found, newest first`,
}

export const pinnedWords = {
  label: 'Pinned messages',
  none: 'Nothing is pinned here. Pin a message from its menu.',
  loading: 'Loading…',
}
