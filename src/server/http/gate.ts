import type { IncomingMessage } from 'node:http'
import { plainAddress } from './own-names'

/** 421: not asked for by a name of ours. 403: asked by somebody else's page. 431: too many headers. */
export type Refused = 403 | 421 | 431

export interface GateOptions {
  names: () => ReadonlySet<string>
  port: () => number
  appOrigin?: string | undefined
  mostHeaders: number
}

/** Who may ask at all; checked before anything else on requests and upgrades alike. */
export type Gate = (request: IncomingMessage) => Refused | undefined

export function createGate({ names, port, appOrigin, mostHeaders }: GateOptions): Gate {
  return (request) => {
    if (request.rawHeaders.length / 2 > mostHeaders) return 431

    // A second Host, or a target with one of its own, would let two readers of one request disagree.
    const [host, ...others] = headerValues(request, 'host')
    if (host === undefined || others.length > 0 || !request.url?.startsWith('/')) return 421
    const asked = readHost(host)
    if (!asked || asked.port !== port() || !names().has(asked.name)) return 421

    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (isReading && request.headers.upgrade === undefined) return undefined
    const origins = headerValues(request, 'origin')
    const isOurs = origins.every((origin) => origin === appOrigin || origin === `http://${host.toLowerCase()}`)
    return origins.length <= 1 && isOurs ? undefined : 403
  }
}

function headerValues({ rawHeaders }: IncomingMessage, wanted: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted)
}

const defaultPort = 80

/** Reads a Host header: a name, an IPv4 address or a bracketed IPv6 address, and a port unless it is http's own. */
export function readHost(host: string): { name: string; port: number } | undefined {
  const match = /^(?:\[([0-9a-f:.]{2,45})(?:%25[\w.-]{1,20})?\]|([\w-]+(?:\.[\w-]+)*)\.?)(?::([1-9]\d{0,4}))?$/i.exec(
    host,
  )
  if (!match || host.length > 300) return undefined
  const [, ipv6, name, port] = match
  const readPort = port === undefined ? defaultPort : Number(port)
  if (ipv6 === undefined) return { name: (name ?? '').toLowerCase(), port: readPort }
  return { name: plainAddress(ipv6.toLowerCase()), port: readPort }
}
