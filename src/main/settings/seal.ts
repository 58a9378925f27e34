import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Encrypts small texts, each bound to what it is kept for. */
export interface Seal {
  seal: (text: string, purpose: string) => string
  /** Undefined when it was sealed with another key, for another purpose, or altered. */
  open: (sealed: string, purpose: string) => string | undefined
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

export const sealKeyBytes = 32
export const newSealKey = (): Buffer => randomBytes(sealKeyBytes)

/** `earlier` keys only open. */
export function createSeal(key: Buffer, earlier: readonly Buffer[] = []): Seal {
  return {
    seal(text, purpose) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed, 'base64')
      if (bytes.length < ivBytes + tagBytes) return undefined
      for (const one of [key, ...earlier]) {
        const text = openWith(one, bytes, purpose)
        if (text !== undefined) return text
      }
      return undefined
    },
  }
}

function openWith(key: Buffer, bytes: Buffer, purpose: string): string | undefined {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  const body = decipher.update(bytes.subarray(ivBytes + tagBytes))
  try {
    return Buffer.concat([body, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
