import type { NetworkInterfaceInfo } from 'node:os'

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

// Made by containers, virtual machines and VPNs: people on the office network cannot reach them.
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|hyper-v|utun|tun|tap|wg|zt|tailscale|lxc|podman|cni|awdl|llw|bridge)/i

/** This computer's addresses as others may try them: the default route's first, virtual adapters' last. */
export function ownAddresses(interfaces: Interfaces, defaultAddress: string | undefined): string[] {
  const candidates = Object.entries(interfaces).flatMap(([name, entries = []]) =>
    entries
      .filter((entry) => !entry.internal && !isLinkLocal6(entry))
      .map(({ address, family }) => ({ address, rank: rank(name, address, family, defaultAddress) })),
  )
  return candidates.toSorted((one, other) => one.rank - other.rank).map(({ address }) => address)
}

const isLinkLocal6 = ({ family, address }: NetworkInterfaceInfo): boolean =>
  family === 'IPv6' && /^fe[89ab]/i.test(address)

function rank(name: string, address: string, family: NetworkInterfaceInfo['family'], defaultAddress?: string): number {
  if (address === defaultAddress) return 0
  const isSelfAssigned = address.startsWith('169.254.')
  return 1 + (family === 'IPv6' ? 1 : 0) + (isSelfAssigned ? 2 : 0) + (virtual.test(name) ? 4 : 0)
}
