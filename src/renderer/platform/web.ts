import { createClient, type ClientStorage } from '#client'
import { parseAddress, type ServerUrl } from '#shared/address'
import type { ClientErrorCode, ClientReply, Platform } from '#shared/bridge'
import { safeLink } from '#shared/safe-link'
import { copyText } from './copy-text'
import { downloadFile } from './download-file'
import { createWebFiles } from './web-files'
import { createWebStorage } from './web-storage'

export interface WebOptions {
  page: Window
  storage: Storage | undefined
  report: (error: unknown) => void
}

const refused = (code: ClientErrorCode): ClientReply<never> => ({ ok: false, error: { code } })
const done: ClientReply<Record<string, never>> = { ok: true, value: {} }

/** The platform of a guest's browser: the client runs in the page and knows one server, the one that served it. */
export function createWebPlatform({ page, storage, report }: WebOptions): Platform {
  const origin = page.location.origin as ServerUrl
  const client = createClient({
    storage: storage ? createWebStorage(storage) : createMemoryStorage(),
    // A browser that keeps nothing of the one keeps nothing of the other.
    ...(storage && { files: createWebFiles(page.indexedDB) }),
    dial: (server) => (server === origin ? origin : undefined),
    clientName: 'parlor-web/0.1.0',
    isOnline: () => page.navigator.onLine,
    report,
  })
  page.addEventListener('online', client.networkChanged)
  page.addEventListener('offline', client.networkChanged)
  page.addEventListener('storage', ({ key }) => {
    if (key?.startsWith('parlor:outbox:')) client.storageChanged()
  })
  // A phone that wakes up has been cut off without being told.
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') client.networkChanged()
  })

  return {
    ...client.calls,
    kind: 'web',
    onNews: client.onNews,
    joinRoom: (input) => client.calls.joinRoom({ ...input, address: onThisServer(input.address, origin) }),
    getState: () => Promise.resolve({ ok: true, value: stateOf(client, origin) }),
    hostRoom: () => Promise.resolve(refused('forbidden')),
    stopHosting: () => Promise.resolve(refused('forbidden')),
    async saveFile({ name, ...file }) {
      const opened = await client.calls.openFile(file)
      if (!opened.ok) return opened
      downloadFile(opened.value.url, name, page.document)
      return { ok: true, value: { isSaved: true } }
    },
    copyText: async ({ text }) => ((await copyText(text, page.document)) ? done : refused('not_kept')),
    openLink: ({ url }) => Promise.resolve(openLink(page, url)),
  }
}

const stateOf = (client: ReturnType<typeof createClient>, origin: ServerUrl) => ({
  ...client.state(),
  lastServer: origin,
  hosting: { state: 'stopped' as const },
  signIn: { storage: 'browser' as const, remembered: true },
})

/** A bare code means the server that served the page. */
function onThisServer(typed: string, origin: ServerUrl): string {
  const address = parseAddress(typed)
  return address?.roomId && !address.server ? `${origin}/${address.roomId}` : typed
}

function openLink(page: Window, url: string): ClientReply<Record<string, never>> {
  const link = safeLink(url)?.href
  if (link === undefined) return refused('address_invalid')
  // With `noopener` a browser answers null whether it opened the tab or not.
  page.open(link, '_blank', 'noopener,noreferrer')
  return done
}

/** Where the browser forbids storage: everything works until the page is closed. */
function createMemoryStorage(): ClientStorage {
  const kept = new Map<string, unknown>()
  return { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}
