import type { SafeStorage } from 'electron'
import { createSeal, newSealKey, type Seal } from './seal'

interface SealOptions {
  safeStorage: SafeStorage
  platform: NodeJS.Platform
  /** The key, sealed by the keyring; base64. */
  keptKey: string | undefined
  keepKey: (sealedKey: string) => void
  report: (error: unknown) => void
}

/**
 * The seal for what must stay secret on this computer, its key kept by the system's keyring. Undefined without a
 * keyring. The keyring is asked once: its calls are becoming asynchronous only, and storage here is not.
 */
export async function openSeal({
  safeStorage,
  platform,
  keptKey,
  keepKey,
  report,
}: SealOptions): Promise<Seal | undefined> {
  if (!(await isProtecting(safeStorage, platform))) return undefined
  const kept = keptKey === undefined ? undefined : await unwrapped(safeStorage, keptKey, report)
  if (kept) return createSeal(kept)

  const key = newSealKey()
  keepKey((await wrap(safeStorage, key.toString('base64'))).toString('base64'))
  return createSeal(key)
}

// Electron 33 has only the synchronous calls, 46 only the asynchronous ones.
const isAsync = (safeStorage: SafeStorage): boolean => 'encryptStringAsync' in safeStorage

async function isProtecting(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<boolean> {
  // Without a keyring Linux offers "encryption" with a password everybody knows.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return false
  return isAsync(safeStorage) ? safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable()
}

const wrap = async (safeStorage: SafeStorage, text: string): Promise<Buffer> =>
  isAsync(safeStorage) ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text)

/** A keyring that was reset cannot open what it once sealed: those sign-ins are gone, and a new key begins. */
async function unwrapped(safeStorage: SafeStorage, sealed: string, report: (error: unknown) => void) {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const text = isAsync(safeStorage)
      ? (await safeStorage.decryptStringAsync(bytes)).result
      : safeStorage.decryptString(bytes)
    return Buffer.from(text, 'base64')
  } catch (error) {
    report(error)
    return undefined
  }
}
