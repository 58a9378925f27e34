import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import { monotonic } from './token-bucket'

type Interfaces = ReturnType<typeof networkInterfaces>
type Link = readonly [ipaddr.IPv6, number]

/** What limits count as one address. */
export type AddressKey = (address: string | undefined) => string

const prefixParts = 4
const freshForMs = 3_000
/** A tunnel may say that half the world is its neighbour. */
const shortestPrefix = 48

/**
 * An IPv4 address, or an IPv6 /64, which is what one household or phone gets. On this computer's own networks a whole
 * office shares the /64, and each of its computers counts by itself.
 */
export function createAddressKey(interfaces: () => Interfaces = networkInterfaces): AddressKey {
  let links: readonly Link[] = []
  let readAt = -Infinity

  // Wi-Fi comes and goes.
  function ownLinks(): readonly Link[] {
    if (monotonic() - readAt < freshForMs) return links
    readAt = monotonic()
    links = linksOf(interfaces())
    return links
  }

  return (address) => {
    if (address === undefined || !ipaddr.isValid(address)) return 'unknown'
    const parsed = ipaddr.process(address)
    if (parsed instanceof ipaddr.IPv4) return parsed.toString()
    const isOnLink = parsed.range() === 'linkLocal' || ownLinks().some((link) => parsed.match(...link))
    if (isOnLink) return parsed.toString()
    const network = parsed.parts.slice(0, prefixParts).map((part) => part.toString(16))
    return `${network.join(':')}::/64`
  }
}

function linksOf(interfaces: Interfaces): Link[] {
  const cidrs = Object.values(interfaces).flatMap((entries = []) => entries.map(({ cidr }) => cidr))
  return cidrs.flatMap((cidr) => {
    if (cidr === null || !ipaddr.IPv6.isValidCIDR(cidr)) return []
    const link = ipaddr.IPv6.parseCIDR(cidr)
    return link[1] >= shortestPrefix ? [link] : []
  })
}
