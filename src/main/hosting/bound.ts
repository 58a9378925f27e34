/** What the server is bound to. */
export interface Bound {
  host: string
  port: number
}

const portsTried = 20

/** Last time's port first, then the wanted one and those after it. */
export function portsToTry(remembered: number | undefined, wanted: number): number[] {
  const next = Array.from({ length: portsTried }, (_, step) => wanted + step).filter((port) => port <= 65_535)
  return [...new Set(remembered === undefined ? next : [remembered, ...next])]
}

export const isEveryAddress = (host: string): boolean => host === '::' || host === '0.0.0.0'

/** An address as it stands in a URL. */
export const asHost = (address: string): string => (address.includes(':') ? `[${address}]` : address)

/** Where this computer reaches its own server. */
export const dialUrl = ({ host, port }: Bound): string =>
  `http://${isEveryAddress(host) ? '127.0.0.1' : asHost(host)}:${port}`
