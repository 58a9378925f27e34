import { isIP } from 'node:net'
import { defaultPort } from '#shared/address'

/** What an operator may set for hosting from the desktop; docs/operations.md explains each. */
export interface HostingEnvironment {
  bindAddress: string | undefined
  names: readonly string[]
  wantedPort: number
}

/** What the environment sets, or one clear sentence about a value that makes no sense. */
export function hostingEnvironment(env: NodeJS.ProcessEnv): HostingEnvironment | { problem: string } {
  const { PARLOR_HOSTING_ADDRESS: address, PARLOR_NAMES: names = '', PARLOR_PORT: port } = env
  if (address !== undefined && isIP(address) === 0) {
    return { problem: `PARLOR_HOSTING_ADDRESS must be an IP address such as 127.0.0.1, not "${address}".` }
  }
  const wantedPort = port === undefined ? defaultPort : Number(port)
  if (!Number.isInteger(wantedPort) || wantedPort < 1 || wantedPort > 65_535) {
    return { problem: `PARLOR_PORT must be a number from 1 to 65535, not "${port}".` }
  }
  return {
    bindAddress: address,
    names: names
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    wantedPort,
  }
}
