import * as v from 'valibot'

const Whole = v.pipe(v.number(), v.safeInteger())
const Place = v.object({
  bounds: v.object({ width: Whole, height: Whole, x: v.exactOptional(Whole), y: v.exactOptional(Whole) }),
  isMaximized: v.boolean(),
})

/** What the shell remembers. Each setting has a value to fall back to, so a damaged file never stops the app. */
const Settings = v.object({
  window: v.fallback(v.optional(Place), undefined),
  hosting: v.fallback(
    v.object({ isWanted: v.boolean(), port: v.exactOptional(v.pipe(Whole, v.minValue(1), v.maxValue(65_535))) }),
    { isWanted: false },
  ),
  /** Whether sign-ins may be kept where nothing encrypts them. */
  keepsPlainSignIns: v.fallback(v.boolean(), false),
  /** The key sign-ins are sealed with, itself sealed by the system's keyring; base64. */
  signInKey: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(4_096), v.base64())), undefined),
})
export type Settings = v.InferOutput<typeof Settings>

/** As much of electron-store as is used here. */
interface Store {
  store: Record<string, unknown>
}

export interface SettingsFile {
  read: () => Settings
  change: (changes: Partial<Settings>) => void
}

export function createSettings(file: Store): SettingsFile {
  const read = () => v.parse(Settings, { hosting: {}, keepsPlainSignIns: false, ...file.store })
  return {
    read,
    change: (changes) => {
      file.store = { ...read(), ...changes }
    },
  }
}
