import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

/** The address this computer uses for the wider network. Nothing is sent to find out. */
export async function defaultAddress(platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform !== 'linux') return addressTowards('192.0.2.1')
  const name = defaultInterface(await readFile('/proc/net/route', 'utf8'))
  return name === undefined ? undefined : firstIpv4(networkInterfaces()[name])
}

/** The interface of the default route with the lowest metric, from /proc/net/route. */
export function defaultInterface(routes: string): string | undefined {
  const rows = routes
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000')
  return rows.toSorted((one, other) => Number(one[6]) - Number(other[6]))[0]?.[0]
}

const firstIpv4 = (entries: NetworkInterfaceInfo[] | undefined): string | undefined =>
  entries?.find((entry) => entry.family === 'IPv4')?.address

// Connecting a UDP socket only chooses a route. 192.0.2.0/24 is reserved for examples (RFC 5737).
const addressTowards = (target: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    const finish = (address?: string) => {
      socket.close()
      resolve(address)
    }
    socket.once('error', () => finish())
    socket.connect(9, target, () => finish(socket.address().address))
  })
