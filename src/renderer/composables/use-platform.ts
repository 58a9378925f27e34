import { inject, type InjectionKey } from 'vue'
import type { Platform } from '#shared/bridge'

export const platformKey: InjectionKey<Platform> = Symbol('platform')

/** The platform the composition root provided, for stores and components alike. */
export function usePlatform(): Platform {
  const platform = inject(platformKey)
  if (!platform) throw new Error('the composition root provides no platform')
  return platform
}
