import { createHash, randomBytes } from 'node:crypto'
import type { SessionToken } from '#shared/protocol/ids'

const tokenBytes = 32

export const newSession = (): SessionToken => randomBytes(tokenBytes).toString('base64url') as SessionToken

/** What the server keeps of a token: enough to know it again, useless to whoever reads the disk. */
export const sessionHash = (token: string): string => createHash('sha256').update(token).digest('base64url')
