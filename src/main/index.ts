import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
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
import { createClient, type Client, type ClientStorage } from '#client'
import { ownServer } from '#shared/address'
import type { Hosting, Mishap } from '#shared/bridge'
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
import { createClientStorage, isVital, type SignInStorageControl } from './settings/client-storage'
import { openJournal } from './settings/journal'
import { createMishaps } from './settings/mishaps'
import { openSeal } from './settings/open-seal'
import { clearFolder } from './settings/set-aside'
import { createSettings, type SettingsFile } from './settings/settings'
import { openSettingsFile } from './settings/settings-file'
import { declareAppScheme, serveAppScheme } from './windows/app-scheme'
import { applicationMenu } from './windows/application-menu'
import { lockDownContents } from './windows/lock-down-contents'
import { lockDownSession } from './windows/lock-down-session'
import { openMainWindow } from './windows/main-window'
import { createOneWindow, type OneWindow } from './windows/one-window'
import { quitCleanly } from './windows/quit-cleanly'
import { watchWindows } from './windows/watch-window'

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
  watchWindows(app, log)
  lockDownContents(app)
  void app.whenReady().then(() => start(log, environment))
} else {
  app.exit(0)
}

async function start({ report, note }: Log, environment: HostingEnvironment): Promise<void> {
  const userData = app.getPath('userData')
  const mishaps = createMishaps(Date.now)
  const mishap = mishaps.tell
  const stored = openSettingsFile({ file: join(userData, 'settings.json'), mishap, report })
  // Who hosted goes on hosting when no setting says any more whether they want to.
  const settings = createSettings(stored, stored.wasDamaged && existsSync(join(userData, 'server', 'parlor.db')))
  if (stored.wasDamaged) settings.change({})

  lockDownSession(session.defaultSession)
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform, app.isPackaged)))

  const window = createWindow(settings)
  const relay = createNewsRelay(window.current)
  const journal = openJournal({ file: join(userData, 'rooms.journal'), isVital, mishap, report })
  const { storage, signIn } = createClientStorage({
    journal,
    seal: await openSealHere(settings, report),
    keepsPlain: () => settings.read().keepsPlainSignIns,
    changeKeepsPlain: (keepsPlainSignIns) => settings.change({ keepsPlainSignIns }),
    report,
  })
  const unreadable = signIn.unreadable()
  if (unreadable.length > 0) mishap('sign_ins_unreadable', undefined, unreadable.join(' '))

  const hosting = createHostingHere(settings, environment, { report, note }, (state) => {
    relay([{ kind: 'hosting', hosting: state }])
    client.networkChanged()
  })
  const client = createClientHere(storage, hosting, report)
  client.onNews(relay)
  answerRenderer({ client, hosting, signIn, mishaps: mishaps.all, settings, window, report })

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
    keptKeys: [settings.read().signInKey ?? [], settings.read().earlierSignInKeys].flat(),
    keepKeys: ([signInKey, ...earlierSignInKeys]) => settings.change({ signInKey, earlierSignInKeys }),
    report,
  })

function createHostingHere(
  settings: SettingsFile,
  environment: HostingEnvironment,
  { report, note }: Log,
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
    note,
  })
}

function createClientHere(storage: ClientStorage, hosting: HostingControl, report: Log['report']): Client {
  const unsentDir = join(app.getPath('userData'), 'unsent files')
  clearFolder(unsentDir, report)
  return createClient({
    storage,
    files: openFileSpool(unsentDir),
    createSha256: () => createHash('sha256'),
    dial: (server) => (server === ownServer ? hosting.dialUrl() : server),
    clientName: `parlor-desktop/${app.getVersion()}`,
    report,
  })
}

interface Answering {
  client: Client
  hosting: HostingControl
  signIn: SignInStorageControl
  mishaps: () => readonly Mishap[]
  settings: SettingsFile
  window: OneWindow
  report: Log['report']
}

function answerRenderer({ client, hosting, signIn, mishaps, settings, window, report }: Answering): void {
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
    createCalls({ client, hosting, signIn, mishaps, fileLinks, saveFile, openLink, copyText, wantHosting }),
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
