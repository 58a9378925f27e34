import type { Platform } from '#shared/bridge'

/** What the preload script puts on `window.parlor`. */
export interface DesktopBridge {
  readonly calls: Omit<Platform, 'kind' | 'onNews'>
  readonly onNews: Platform['onNews']
}

declare global {
  interface Window {
    readonly parlor?: DesktopBridge
  }
}

/** The platform of the desktop app: everything happens in the main process, behind the bridge. */
export const createDesktopPlatform = ({ calls, onNews }: DesktopBridge): Platform => ({
  kind: 'desktop',
  onNews,
  ...calls,
})
