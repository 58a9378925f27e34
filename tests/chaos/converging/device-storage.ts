import type { ClientStorage } from '#client'

export interface DeviceStorage extends ClientStorage {
  /** What is kept now, for a client that starts after this one was killed. */
  copy: () => DeviceStorage
}

/** What a device keeps, as JSON like the real ones. */
export function createDeviceStorage(kept = new Map<string, string>()): DeviceStorage {
  return {
    read(key) {
      const text = kept.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as unknown)
    },
    write(key, value) {
      if (value === undefined) kept.delete(key)
      else kept.set(key, JSON.stringify(value))
    },
    copy: () => createDeviceStorage(new Map(kept)),
  }
}
