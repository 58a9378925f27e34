import { hostname, networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import { monotonic } from '../budgets/token-bucket'

const freshForMs = 3_000

/** The names under which this computer may be asked for, as they are now: Wi-Fi comes and goes. */
export function createOwnNames(configured: readonly string[] = []): () => ReadonlySet<string> {
  let names: ReadonlySet<string> = new Set()
  let readAt = -Infinity
  return () => {
    if (monotonic() - readAt < freshForMs) return names
    readAt = monotonic()
    names = new Set([...fixedNames(), ...configured.map((name) => name.toLowerCase()), ...addresses()])
    return names
  }
}

function fixedNames(): string[] {
  const [own = ''] = hostname().toLowerCase().split('.')
  return own === '' ? ['localhost'] : ['localhost', `${own}.local`]
}

const addresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((entries = []) => entries.map(({ address }) => plainAddress(address)))

/** IPv6 in its one canonical spelling, without a zone. */
export function plainAddress(address: string): string {
  const [withoutZone = ''] = address.split('%')
  return ipaddr.IPv6.isValid(withoutZone) ? ipaddr.IPv6.parse(withoutZone).toString() : withoutZone
}
