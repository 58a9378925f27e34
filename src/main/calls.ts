import { ownServer } from '#shared/address'
import type { Client } from '#client'
import type { AppState, ClientReply, Mishap } from '#shared/bridge'
import type { FileLinks } from './files/file-links'
import type { HostingControl } from './hosting/hosting'
import type { DesktopCalls } from './ipc/answer-calls'
import type { SignInStorageControl } from './settings/client-storage'

interface CallOptions {
  client: Client
  hosting: HostingControl
  signIn: SignInStorageControl
  mishaps: () => readonly Mishap[]
  fileLinks: FileLinks
  saveFile: DesktopCalls['saveFile']
  openLink: (link: string) => Promise<boolean>
  /** Some versions of Electron answer at once, newer ones later. */
  copyText: (text: string) => void | Promise<void>
  /** Whether to host again the next time the app starts. */
  wantHosting: (isWanted: boolean) => void
}

/** What the desktop answers the renderer: the client's own calls, and those only a desktop has. */
export function createCalls(options: CallOptions): DesktopCalls {
  const { client, hosting, signIn, mishaps, fileLinks, saveFile, openLink, copyText, wantHosting } = options
  return {
    ...client.calls,
    getState: () =>
      done<AppState>({
        ...client.state(),
        hosting: hosting.state(),
        signIn: { storage: signIn.protection, remembered: signIn.isRemembering() },
        mishaps: mishaps(),
      }),
    async hostRoom({ remember, ...wanted }) {
      signIn.remember(remember)
      wantHosting(true)
      const { state } = await hosting.start()
      if (state !== 'running') return { ok: false, error: { code: 'hosting_failed' } }
      return client.createRoom({ server: ownServer, ...wanted })
    },
    joinRoom(input) {
      signIn.remember(input.remember)
      return client.calls.joinRoom(input)
    },
    openFile: fileLinks.open,
    saveFile,
    async reconnect({ server, copy }) {
      if (server === ownServer) {
        wantHosting(true)
        await hosting.start(copy)
      }
      return client.calls.reconnect({ server })
    },
    async stopHosting() {
      wantHosting(false)
      await hosting.stop()
      return done({})
    },
    async copyText({ text }) {
      await copyText(text)
      return done({})
    },
    async openLink({ url }) {
      return (await openLink(url)) ? done({}) : { ok: false, error: { code: 'invalid_request', field: 'url' } }
    },
  }
}

const done = <Value>(value: Value): ClientReply<Value> => ({ ok: true, value })
