import type { ClientKey } from '#shared/protocol/ids'

/** A random UUID. `crypto.randomUUID` is missing where a browser calls the origin insecure, as on any LAN. */
export function newKey(): ClientKey {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const versioned = bytes.map((byte, place) => (place === 6 ? (byte & 0x0f) | 0x40 : byte))
  const hex = versioned
    .map((byte, place) => (place === 8 ? (byte & 0x3f) | 0x80 : byte))
    .reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as ClientKey
}
