import { foldRoomCode, isRoomCode } from './protocol/room-code'
import { parseUrl } from './parse-url'
import type { RoomId } from './protocol/ids'

/** A server's origin, such as `http://192.168.1.5:4545`: lower-case, no path, no trailing slash. */
export type ServerUrl = string & { readonly __brand: 'ServerUrl' }

/** The room server this computer hosts, whatever its port is today. Never on the wire: the desktop dials it on loopback. */
export const ownServer = 'http://this-computer' as ServerUrl

/** Where a person wants to go. Without `server`: the server last used. Without `roomId`: a code is still needed. */
export interface Address {
  server?: ServerUrl
  roomId?: RoomId
}

export const defaultPort = 4545

const longestAddress = 512

/** A server's origin if `text` is an http(s) URL without credentials, else undefined. */
export function parseServerUrl(text: string): ServerUrl | undefined {
  const url = parseUrl(text)
  if (!url || url.username !== '' || url.password !== '') return undefined
  return url.protocol === 'http:' || url.protocol === 'https:' ? (url.origin as ServerUrl) : undefined
}

/**
 * Reads what people type into one field: a code (`abc-234`), `192.168.1.5`, `192.168.1.5:4545/ABC234` or a full URL.
 * A bare host gets http and Parlor's own port. Undefined when it is none of these.
 */
export function parseAddress(typed: string): Address | undefined {
  const text = typed.trim()
  if (text === '' || text.length > longestAddress) return undefined

  const code = foldRoomCode(text)
  if (isRoomCode(code) && !text.includes('/')) return { roomId: code as RoomId }

  const isUrl = text.includes('://')
  const url = parseUrl(isUrl ? text : `http://${text}`)
  // Asked of what was typed: a URL leaves out port 80.
  const hasPort = isUrl || /^[^/?#]+:\d+(?:[/?#]|$)/.test(text)
  const server = url && parseServerUrl(hasPort ? url.href : `http://${url.hostname}:${defaultPort}`)
  if (!url || !server || /\s/.test(url.host)) return undefined

  const path = foldRoomCode(decodePath(url.pathname))
  if (path === '') return { server }
  return isRoomCode(path) ? { server, roomId: path as RoomId } : undefined
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '')
  } catch {
    return path
  }
}
