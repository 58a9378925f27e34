import { networkInterfaces } from 'node:os'
import { asHost, isEveryAddress, type Bound } from './bound'
import { defaultAddress } from './default-address'
import { ownAddresses } from './own-addresses'

/** The URLs others may try, the likeliest first. */
export async function reachableAt({ host, port }: Bound): Promise<readonly string[]> {
  if (!isEveryAddress(host)) return [`http://${asHost(host)}:${port}`]
  const addresses = ownAddresses(networkInterfaces(), await defaultAddress(process.platform))
  return addresses
    .filter((address) => host === '::' || !address.includes(':'))
    .map((address) => `http://${asHost(address)}:${port}`)
}
