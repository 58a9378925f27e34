import { createSeal, newSealKey, sealKeyBytes, type Seal } from './seal'

const mostKeys = 4

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
  /** The keys, sealed by the keyring, the newest first; base64. */
  keptKeys: readonly string[]
  keepKeys: (sealedKeys: readonly string[]) => void
  report: (error: unknown) => void
}

/**
 * The seal for what must stay secret on this computer, its key kept by the system's keyring. Undefined without a
 * keyring. The keyring is asked once, because what it seals for us must be at hand at once from then on.
 */
export async function openSeal({
  keyring,
  platform,
  keptKeys,
  keepKeys,
  report,
}: SealOptions): Promise<Seal | undefined> {
  if (!(await isProtecting(keyring, platform))) return undefined
  const opened: Buffer[] = []
  for (const kept of keptKeys) {
    const key = await unwrap(keyring, kept, report)
    if (key) opened.push(key)
  }
  const [newest, ...earlier] = opened
  if (newest) return createSeal(newest, earlier)

  const key = newSealKey()
  const sealedKey = await wrap(keyring, key.toString('base64'), report)
  if (!sealedKey) return undefined
  // A keyring that is locked today may be open tomorrow, and with it what was sealed before.
  keepKeys([sealedKey.toString('base64'), ...keptKeys].slice(0, mostKeys))
  return createSeal(key)
}

async function isProtecting(keyring: Keyring, platform: NodeJS.Platform): Promise<boolean> {
  // Without a keyring Linux offers "encryption" with a password everybody knows.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(keyring.getSelectedStorageBackend())) return false
  return (await keyring.isAsyncEncryptionAvailable?.()) ?? keyring.isEncryptionAvailable?.() ?? false
}

async function wrap(keyring: Keyring, text: string, report: (error: unknown) => void): Promise<Buffer | undefined> {
  try {
    return (await keyring.encryptStringAsync?.(text)) ?? keyring.encryptString?.(text)
  } catch (error) {
    report(error)
    return undefined
  }
}

/** A keyring that was reset cannot open what it once sealed, and a new key begins. */
async function unwrap(keyring: Keyring, sealed: string, report: (error: unknown) => void): Promise<Buffer | undefined> {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const text = (await keyring.decryptStringAsync?.(bytes))?.result ?? keyring.decryptString?.(bytes)
    const key = Buffer.from(text ?? '', 'base64')
    return key.length === sealKeyBytes ? key : undefined
  } catch (error) {
    report(error)
    return undefined
  }
}
