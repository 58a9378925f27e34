import ipaddr from 'ipaddr.js'

const prefixParts = 4

/** What limits count as one address: an IPv4 address, or an IPv6 /64, which is what one household or phone gets. */
export function addressKey(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const { parts } = parsed as ipaddr.IPv6
  return `${parts
    .slice(0, prefixParts)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
