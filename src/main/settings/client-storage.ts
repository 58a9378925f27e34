import * as v from 'valibot'
import type { ClientStorage } from '#client'
import { ownServer } from '#shared/address'
import type { SignInStorage } from '#shared/bridge'
import type { Journal } from './journal'
import type { Seal } from './seal'

const secretPrefix = 'session:'
// What a seal that is not here today once sealed, for the day it is back.
const unreadablePrefix = 'unreadable:'
// Whoever can read this one here can read the rooms it opens: they lie in the same profile. Without it, or without the
// keyring that sealed it, a host would come back as a stranger to their own room.
const ownSession = `${secretPrefix}${ownServer}`
const Kept = v.union([v.strictObject({ sealed: v.string() }), v.strictObject({ plain: v.unknown() })])

/** Without these a person would be a stranger in their rooms, or not find them. */
export const isVital = (key: string): boolean =>
  ['name', 'lastServer', 'rooms', 'recent'].includes(key) || isSecret(key) || key.startsWith(unreadablePrefix)

export interface SignInStorageControl {
  protection: SignInStorage
  /** Whether sign-ins outlive the app. */
  isRemembering: () => boolean
  /** The person's choice; it matters only where no keyring protects them. */
  remember: (wanted: boolean) => void
  /** Those that were sealed with what this system's keyring does not have today. */
  unreadable: () => readonly string[]
}

interface StorageOptions {
  journal: Journal
  seal: Seal | undefined
  keepsPlain: () => boolean
  changeKeepsPlain: (keeps: boolean) => void
  report: (error: unknown) => void
}

/**
 * The client's storage on this computer. Sign-ins are sealed; without a keyring those for other servers stay in memory
 * unless asked.
 */
export function createClientStorage(options: StorageOptions): { storage: ClientStorage; signIn: SignInStorageControl } {
  const { journal, seal, keepsPlain, changeKeepsPlain, report } = options
  const inMemory = new Map<string, unknown>()

  function opened(entry: string, key: string): { value: unknown } | undefined {
    const found = v.safeParse(Kept, journal.read(entry))
    if (!found.success) return undefined
    if ('plain' in found.output) return { value: found.output.plain }
    const text = seal?.open(found.output.sealed, key)
    return text === undefined ? undefined : { value: JSON.parse(text) as unknown }
  }

  const isUnreadable = (key: string) => journal.read(key) !== undefined && !opened(key, key)

  function readSecret(key: string): unknown {
    if (inMemory.has(key)) return inMemory.get(key)
    return (opened(key, key) ?? opened(unreadablePrefix + key, key))?.value
  }

  function writeSecret(key: string, value: unknown): void {
    if (isUnreadable(key)) journal.write(unreadablePrefix + key, journal.read(key))
    inMemory.delete(key)
    const mayBePlain = keepsPlain() || key === ownSession
    if (value !== undefined && !seal && !mayBePlain) inMemory.set(key, value)
    journal.write(key, inMemory.has(key) ? undefined : kept(key, value))
  }

  function kept(key: string, value: unknown): unknown {
    if (value === undefined) return undefined
    return seal && key !== ownSession ? { sealed: seal.seal(JSON.stringify(value), key) } : { plain: value }
  }

  function keepOwn(session: unknown): void {
    try {
      writeSecret(ownSession, session)
    } catch (error) {
      report(error)
    }
  }

  function remember(wanted: boolean): void {
    if (seal || wanted === keepsPlain()) return
    const secrets = [...inMemory.keys(), ...journal.keys().filter(isSecret)].map(
      (key) => [key, readSecret(key)] as const,
    )
    changeKeepsPlain(wanted)
    for (const [key, value] of secrets) if (value !== undefined) writeSecret(key, value)
    if (!wanted) journal.compact()
  }

  // Earlier versions sealed it.
  const own = opened(ownSession, ownSession)
  if (own) keepOwn(own.value)

  return {
    storage: {
      read: (key) => (isSecret(key) ? readSecret(key) : journal.read(key)),
      write: (key, value) => (isSecret(key) ? writeSecret(key, value) : journal.write(key, value)),
    },
    signIn: {
      protection: seal ? 'protected' : 'unprotected',
      isRemembering: () => seal !== undefined || keepsPlain(),
      remember,
      unreadable: () => journal.keys().filter((key) => isSecret(key) && isUnreadable(key)),
    },
  }
}

const isSecret = (key: string): boolean => key.startsWith(secretPrefix)
