import { limitNames, limitTable, type ServerLimits } from '../../../src/server/limits'

const isRate = (name: string) => /(PerSecond|PerMinute|PerHour|Burst)$/.test(name)

/** Every rate that an operator can switch off: what would take an attacker hours is had in seconds. */
export const withoutRates: Partial<ServerLimits> = Object.fromEntries(
  limitNames.filter((name) => isRate(name) && 'canBeOff' in limitTable[name]).map((name) => [name, Infinity]),
)
