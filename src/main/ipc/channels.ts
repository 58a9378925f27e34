import type { CallName } from '#shared/bridge'

export const callChannel = (name: CallName): string => `parlor:${name}`
export const newsChannel = 'parlor:news'
