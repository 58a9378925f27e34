import { nameKey } from './name-key'

/** Names that would speak for the server, for whoever runs it, or for everybody. */
const reserved = new Set(
  [
    'admin',
    'admins',
    'administrator',
    'all',
    'channel',
    'everybody',
    'everyone',
    'guest',
    'here',
    'host',
    'moderator',
    'moderators',
    'nobody',
    'official',
    'operator',
    'owner',
    'parlor',
    'parlor server',
    'parlor support',
    'room',
    'root',
    'security',
    'server',
    'staff',
    'support',
    'system',
    'unknown',
    'you',
  ].map(nameKey),
)

export const isReserved = (key: string): boolean => reserved.has(key)
