import * as v from 'valibot'
import type { ClientStorage } from '#client'
import { ownServer } from '#shared/address'
import type { SignInStorage } from '#shared/bridge'
import type { Journal } from './journal'
import type { Seal } from './seal'

const secretPrefix = 'session:'
// Whoever can read this one here can read the rooms it opens: they lie in the same profile. Without it a host would
// come back as a stranger to their own room.
const ownSession = `${secretPrefix}${ownServer}`
const Kept = v.union([v.strictObject({ sealed: v.string() }), v.strictObject({ plain: v.unknown() })])

export interface SignInStorageControl {
  protection: SignInStorage
  /** Whether sign-ins outlive the app. */
  isRemembering: () => boolean
  /** The person's choice; it matters only where no keyring protects them. */
  remember: (wanted: boolean) => void
}

interface StorageOptions {
  journal: Journal
  seal: Seal | undefined
  keepsPlain: () => boolean
  changeKeepsPlain: (keeps: boolean) => void
}

/**
 * The client's storage on this computer. Sign-ins are sealed; without a keyring those for other servers stay in memory
 * unless asked.
 */
export function createClientStorage(options: StorageOptions): { storage: ClientStorage; signIn: SignInStorageControl } {
  const { journal, seal, keepsPlain, changeKeepsPlain } = options
  const inMemory = new Map<string, unknown>()

  function readSecret(key: string): unknown {
    if (inMemory.has(key)) return inMemory.get(key)
    const found = v.safeParse(Kept, journal.read(key))
    if (!found.success) return undefined
    if ('plain' in found.output) return found.output.plain
    const text = seal?.open(found.output.sealed, key)
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  }

  function writeSecret(key: string, value: unknown): void {
    inMemory.delete(key)
    const mayBePlain = keepsPlain() || key === ownSession
    if (value !== undefined && !seal && !mayBePlain) inMemory.set(key, value)
    journal.write(key, inMemory.has(key) ? undefined : kept(key, value))
  }

  function kept(key: string, value: unknown): unknown {
    if (value === undefined) return undefined
    return seal ? { sealed: seal.seal(JSON.stringify(value), key) } : { plain: value }
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

  return {
    storage: {
      read: (key) => (isSecret(key) ? readSecret(key) : journal.read(key)),
      write: (key, value) => (isSecret(key) ? writeSecret(key, value) : journal.write(key, value)),
    },
    signIn: {
      protection: seal ? 'protected' : 'unprotected',
      isRemembering: () => seal !== undefined || keepsPlain(),
      remember,
    },
  }
}

const isSecret = (key: string): boolean => key.startsWith(secretPrefix)
