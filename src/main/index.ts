import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron'
import Store from 'electron-store'
import { createClient, type Client, type ClientStorage } from '#client'
import { ownServer } from '#shared/address'
import type { Hosting } from '#shared/bridge'
import { createCalls } from './calls'
import { exitOnCrash, noteLostProcesses } from './diagnostics/crashes'
import { openLog, type Log } from './diagnostics/log'
import { createFileLinks } from './files/file-links'
import { openFileSpool } from './files/file-spool'
import { createFileSaver } from './files/save-file'
import { createFileServer } from './files/serve-files'
import { hostingEnvironment, type HostingEnvironment } from './hosting/environment'
import { createHosting, type HostingControl } from './hosting/hosting'
import { reachableAt } from './hosting/reachable-at'
import { watchNetwork } from './hosting/watch-network'
import { answerCalls } from './ipc/answer-calls'
import { createNewsRelay } from './ipc/news-relay'
import { createLinkOpener } from './links/open-link'
import { createClientStorage, type SignInStorageControl } from './settings/client-storage'
import { openJournal } from './settings/journal'
import { openSeal } from './settings/open-seal'
import { createSettings, type SettingsFile } from './settings/settings'
import { declareAppScheme, serveAppScheme } from './windows/app-scheme'
import { applicationMenu } from './windows/application-menu'
import { lockDownContents } from './windows/lock-down-contents'
import { lockDownSession } from './windows/lock-down-session'
import { openMainWindow } from './windows/main-window'
import { createOneWindow, type OneWindow } from './windows/one-window'
import { quitCleanly } from './windows/quit-cleanly'

const built = {
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  web: join(import.meta.dirname, '../renderer'),
}
const serverEntry = join(import.meta.dirname, 'hosted-server.js')

// Chromium's sandbox cannot run as root, which test machines do; whoever starts the app says so.
const isSandboxOff = app.commandLine.hasSwitch('no-sandbox') || process.env['ELECTRON_DISABLE_SANDBOX'] !== undefined
if (!isSandboxOff) app.enableSandbox()
declareAppScheme(protocol)

const environment = hostingEnvironment(process.env)
// One app per profile: whoever comes second hands over to the first.
if ('problem' in environment) {
  process.stderr.write(`${environment.problem}\n`)
  app.exit(2)
} else if (app.requestSingleInstanceLock()) {
  const log = openLog(join(app.getPath('logs'), 'main.log'))
  exitOnCrash(app, log)
  noteLostProcesses(app, log)
  lockDownContents(app)
  void app.whenReady().then(() => start(log, environment))
} else {
  app.exit(0)
}

async function start({ report }: Log, environment: HostingEnvironment): Promise<void> {
  const userData = app.getPath('userData')
  const settings = createSettings(new Store({ cwd: userData, name: 'settings', clearInvalidConfig: true }))

  lockDownSession(session.defaultSession)
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform, app.isPackaged)))

  const window = createWindow(settings)
  const relay = createNewsRelay(window.current)
  const journal = openJournal(join(userData, 'rooms.journal'), report)
  const { storage, signIn } = createClientStorage({
    journal,
    seal: await openSealHere(settings, report),
    keepsPlain: () => settings.read().keepsPlainSignIns,
    changeKeepsPlain: (keepsPlainSignIns) => settings.change({ keepsPlainSignIns }),
  })

  const hosting = createHostingHere(settings, environment, report, (state) => {
    relay([{ kind: 'hosting', hosting: state }])
    client.networkChanged()
  })
  const client = createClientHere(storage, hosting, report)
  client.onNews(relay)
  answerRenderer({ client, hosting, signIn, settings, window, report })

  const stopWatching = followNetwork(hosting, client, report)
  const close = async () => {
    stopWatching()
    await client.close()
    await hosting.stop()
    journal.close()
  }
  followLife(window, close, report)

  window.show()
  if (settings.read().hosting.isWanted) await hosting.start()
}

function createWindow(settings: SettingsFile): OneWindow {
  return createOneWindow(() =>
    openMainWindow({
      preload: built.preload,
      isPackaged: app.isPackaged,
      icon: join(app.getAppPath(), 'build/icons/256x256.png'),
      rememberedPlace: settings.read().window,
      rememberPlace: (place) => settings.change({ window: place }),
    }),
  )
}

const openSealHere = (settings: SettingsFile, report: Log['report']) =>
  openSeal({
    keyring: safeStorage,
    platform: process.platform,
    keptKey: settings.read().signInKey,
    keepKey: (signInKey) => settings.change({ signInKey }),
    report,
  })

function createHostingHere(
  settings: SettingsFile,
  environment: HostingEnvironment,
  report: Log['report'],
  changed: (hosting: Hosting) => void,
): HostingControl {
  const { bindAddress, names, wantedPort } = environment
  return createHosting({
    fork: () => utilityProcess.fork(serverEntry, [], { serviceName: 'Parlor server', stdio: 'inherit' }),
    bindAddress,
    wantedPort,
    rememberedPort: () => settings.read().hosting.port,
    paths: { dataDir: join(app.getPath('userData'), 'server'), webDir: built.web, names },
    addresses: reachableAt,
    changed(state) {
      if (state.state === 'running') settings.change({ hosting: { ...settings.read().hosting, port: state.port } })
      changed(state)
    },
    now: () => performance.now(),
    report,
  })
}

const createClientHere = (storage: ClientStorage, hosting: HostingControl, report: Log['report']): Client =>
  createClient({
    storage,
    files: openFileSpool(join(app.getPath('userData'), 'unsent files')),
    createSha256: () => createHash('sha256'),
    dial: (server) => (server === ownServer ? hosting.dialUrl() : server),
    clientName: `parlor-desktop/${app.getVersion()}`,
    report,
  })

interface Answering {
  client: Client
  hosting: HostingControl
  signIn: SignInStorageControl
  settings: SettingsFile
  window: OneWindow
  report: Log['report']
}

function answerRenderer({ client, hosting, signIn, settings, window, report }: Answering): void {
  const fileLinks = createFileLinks(client.calls.openFile)
  serveAppScheme(protocol, { bundleDir: built.web, files: createFileServer(fileLinks), report })
  const openLink = createLinkOpener({
    shell,
    async ask(question) {
      const parent = window.current()
      const { response } = await (parent ? dialog.showMessageBox(parent, question) : dialog.showMessageBox(question))
      return response
    },
  })
  const saveFile = createFileSaver({
    openFile: client.calls.openFile,
    async ask(options) {
      const parent = window.current()
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options))
      return canceled ? undefined : filePath
    },
    downloads: () => app.getPath('downloads'),
    platform: process.platform,
  })
  const wantHosting = (isWanted: boolean) => settings.change({ hosting: { ...settings.read().hosting, isWanted } })
  const copyText = (text: string) => clipboard.writeText(text)
  answerCalls(
    ipcMain,
    createCalls({ client, hosting, signIn, fileLinks, saveFile, openLink, copyText, wantHosting }),
    report,
  )
}

function followNetwork(hosting: HostingControl, client: Client, report: Log['report']): () => void {
  const changed = () => {
    hosting.refreshAddresses().catch(report)
    client.networkChanged()
  }
  powerMonitor.on('resume', changed)
  return watchNetwork(changed)
}

function followLife(window: OneWindow, close: () => Promise<void>, report: Log['report']): void {
  app.on('second-instance', window.show)
  app.on('activate', window.show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  quitCleanly(app, close, report)
}
