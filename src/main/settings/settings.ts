import * as v from 'valibot'

const Whole = v.pipe(v.number(), v.safeInteger())
const Place = v.object({
  bounds: v.object({ width: Whole, height: Whole, x: v.exactOptional(Whole), y: v.exactOptional(Whole) }),
  isMaximized: v.boolean(),
})
const Port = v.pipe(Whole, v.minValue(1), v.maxValue(65_535))
const SealedKey = v.pipe(v.string(), v.maxLength(4_096), v.base64())

/** What the shell remembers, each setting by itself: one that is damaged does not take the others with it. */
const fields = {
  window: v.optional(Place),
  hosting: v.object({ isWanted: v.boolean(), port: v.exactOptional(Port) }),
  /** Whether sign-ins may be kept where nothing encrypts them. */
  keepsPlainSignIns: v.boolean(),
  /** The key sign-ins are sealed with, itself sealed by the system's keyring; base64. */
  signInKey: v.optional(SealedKey),
  /** Those before it that the keyring could not open at the time, the newest first. */
  earlierSignInKeys: v.pipe(v.array(SealedKey), v.maxLength(3)),
}
const Settings = v.object(fields)
export type Settings = v.InferOutput<typeof Settings>
export type Stored = Record<string, unknown>

/** Whether every setting that was written can be read. */
export const areSound = (stored: Stored): boolean => v.is(v.partial(Settings), stored)

export interface SettingsFile {
  read: () => Settings
  change: (changes: Partial<Settings>) => void
}

interface SettingsStore {
  read: () => readonly Stored[]
  write: (settings: Stored) => void
}

/** `isWanted`: whether to host where no setting says so any more. */
export function createSettings({ read, write }: SettingsStore, isWanted = false): SettingsFile {
  function first<Value>(name: string, schema: v.GenericSchema<unknown, Value>, otherwise: Value): Value {
    for (const stored of read()) {
      const setting = v.safeParse(schema, stored[name])
      if (stored[name] !== undefined && setting.success) return setting.output
    }
    return otherwise
  }
  const current = (): Settings => ({
    window: first('window', fields.window, undefined),
    hosting: first('hosting', fields.hosting, { isWanted }),
    keepsPlainSignIns: first('keepsPlainSignIns', fields.keepsPlainSignIns, false),
    signInKey: first('signInKey', fields.signInKey, undefined),
    earlierSignInKeys: first('earlierSignInKeys', fields.earlierSignInKeys, []),
  })

  return { read: current, change: (changes) => write({ ...current(), ...changes }) }
}
