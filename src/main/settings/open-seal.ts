import { createSeal, newSealKey, type Seal } from './seal'

/** As much of Electron's safeStorage as is used here: 33 has only the synchronous calls, 46 only the others. */
export interface Keyring {
  getSelectedStorageBackend: () => string
  isEncryptionAvailable?: () => boolean
  encryptString?: (text: string) => Buffer
  decryptString?: (sealed: Buffer) => string
  isAsyncEncryptionAvailable?: () => Promise<boolean>
  encryptStringAsync?: (text: string) => Promise<Buffer>
  decryptStringAsync?: (sealed: Buffer) => Promise<{ result: string }>
}

interface SealOptions {
  keyring: Keyring
  platform: NodeJS.Platform
  /** The key, sealed by the keyring; base64. */
  keptKey: string | undefined
  keepKey: (sealedKey: string) => void
  report: (error: unknown) => void
}

/**
 * The seal for what must stay secret on this computer, its key kept by the system's keyring. Undefined without a
 * keyring. The keyring is asked once, because what it seals for us must be at hand at once from then on.
 */
export async function openSeal({
  keyring,
  platform,
  keptKey,
  keepKey,
  report,
}: SealOptions): Promise<Seal | undefined> {
  if (!(await isProtecting(keyring, platform))) return undefined
  const kept = keptKey === undefined ? undefined : await unwrap(keyring, keptKey, report)
  if (kept) return createSeal(kept)

  const key = newSealKey()
  const sealedKey = await wrap(keyring, key.toString('base64'))
  if (!sealedKey) return undefined
  keepKey(sealedKey.toString('base64'))
  return createSeal(key)
}

async function isProtecting(keyring: Keyring, platform: NodeJS.Platform): Promise<boolean> {
  // Without a keyring Linux offers "encryption" with a password everybody knows.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(keyring.getSelectedStorageBackend())) return false
  return (await keyring.isAsyncEncryptionAvailable?.()) ?? keyring.isEncryptionAvailable?.() ?? false
}

const wrap = async (keyring: Keyring, text: string): Promise<Buffer | undefined> =>
  (await keyring.encryptStringAsync?.(text)) ?? keyring.encryptString?.(text)

/** A keyring that was reset cannot open what it once sealed: those sign-ins are gone, and a new key begins. */
async function unwrap(keyring: Keyring, sealed: string, report: (error: unknown) => void): Promise<Buffer | undefined> {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const text = (await keyring.decryptStringAsync?.(bytes))?.result ?? keyring.decryptString?.(bytes)
    return text === undefined ? undefined : Buffer.from(text, 'base64')
  } catch (error) {
    report(error)
    return undefined
  }
}
