import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../../chaos/command-line'
import { builtServer, limitOptions, type Place } from '../../chaos/server-commands'
import type { ServerCommand } from '../../chaos/server-process'
import type { Attack } from '../attack-shape'

const root = resolve(import.meta.dirname, '../../..')

/** The built server as an operator runs it, with its own limits but for those named. */
const parlor = ({ port, dataDir }: Place, limits: Attack['limits'] = {}): ServerCommand => {
  if (!existsSync(builtServer)) throw new UsageError('There is nothing to run yet: npm run build makes it.')
  const place = ['--host', '127.0.0.1', '--port', String(port), '--data', dataDir]
  return { args: [builtServer, ...place, ...limitOptions(limits)] }
}

const naive = ({ port }: Place): ServerCommand => ({
  args: [join(root, 'scripts/run.mjs'), join(root, 'tests/attack/weak/naive-server.ts'), '--port', String(port)],
})

export type StartOf = (attack: Attack, place: Place, isShort: boolean) => ServerCommand

const limitsOf = ({ limits, shortLimits }: Attack, isShort: boolean) => ({ ...limits, ...(isShort && shortLimits) })

export const strongServer: StartOf = (attack, place, isShort) => parlor(place, limitsOf(attack, isShort))

export const weakServer: StartOf = (attack, place, isShort) =>
  attack.weak.server === 'naive' ? naive(place) : parlor(place, { ...limitsOf(attack, isShort), ...attack.weak.server })
