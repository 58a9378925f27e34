import { contextBridge, ipcRenderer } from 'electron'
import type { CallName, ClientReply, News, PlatformCalls } from '#shared/bridge'

type Calls = {
  [C in CallName]: (...args: Parameters<PlatformCalls[C]>) => Promise<ClientReply<ReturnType<PlatformCalls[C]>>>
}

/** What the page gets of the desktop, as `window.parlor`. */
export interface DesktopBridge {
  readonly kind: 'desktop'
  readonly calls: Calls
  readonly onNews: (listener: (news: readonly News[]) => void) => () => void
}

const call =
  <C extends CallName>(name: C) =>
  (input: Parameters<PlatformCalls[C]>[0]) =>
    ipcRenderer.invoke(`parlor:${name}`, input)

const calls: Calls = {
  getState: call('getState'),
  hostRoom: call('hostRoom'),
  joinRoom: call('joinRoom'),
  leaveRoom: call('leaveRoom'),
  changeRoom: call('changeRoom'),
  sendMessage: call('sendMessage'),
  keepFile: call('keepFile'),
  changePending: call('changePending'),
  openFile: call('openFile'),
  saveFile: call('saveFile'),
  changeMessage: call('changeMessage'),
  fetchMessages: call('fetchMessages'),
  searchMessages: call('searchMessages'),
  showPresence: call('showPresence'),
  openDirect: call('openDirect'),
  blockMember: call('blockMember'),
  reconnect: call('reconnect'),
  stopHosting: call('stopHosting'),
  copyText: call('copyText'),
  openLink: call('openLink'),
}

const bridge: DesktopBridge = {
  kind: 'desktop',
  calls,
  onNews(listener) {
    const relay = (_event: unknown, news: readonly News[]) => listener(news)
    ipcRenderer.on('parlor:news', relay)
    // Braces: the bridge must not hand ipcRenderer, which `off` returns, to the page.
    return () => {
      ipcRenderer.off('parlor:news', relay)
    }
  },
}

contextBridge.exposeInMainWorld('parlor', bridge)
