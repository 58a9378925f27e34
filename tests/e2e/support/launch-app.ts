import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, errors, type ElectronApplication, type Page } from '@playwright/test'
import { freePort } from '../../support/free-port'
import { watchPage } from './watch-page'

export interface AppWanted {
  name: string
  /** A profile directory of an earlier launch, to be the same person on the same computer again. */
  profile?: string
  env?: Record<string, string>
  /** Further switches of Chromium. */
  args?: readonly string[]
  /** Problems the test provokes on purpose. */
  provokes?: RegExp
}

export interface LaunchedApp {
  app: ElectronApplication
  page: Page
  profile: string
  /** The port this app will host on, unless it is taken. */
  port: number
  /** Quits as a person would. */
  close: () => Promise<void>
  /** The process id of its room server while it hosts. */
  serverPid: () => Promise<number | undefined>
  /** Bugs it has written to its log or its page's console. */
  reported: () => string[]
}

const root = join(import.meta.dirname, '../../..')
const closeLimitMs = 15_000
const attachLimitMs = 30_000
const mostAttaches = 3

/** A packaged app to test instead of the built one. */
const packaged = process.env['PARLOR_E2E_APP']

export async function launchApp({ name, profile, env = {}, args = [], provokes }: AppWanted): Promise<LaunchedApp> {
  const userData = profile ?? mkdtempSync(join(tmpdir(), `parlor-${name}-`))
  const port = Number(env['PARLOR_PORT'] ?? (await freePort()))
  const app = await launch({
    args: [...(packaged === undefined ? [root] : []), `--user-data-dir=${userData}`, '--disable-gpu', ...args],
    ...(packaged === undefined ? {} : { executablePath: packaged }),
    // Tests stay on loopback; `lan.test` is what guests call this computer.
    env: {
      ...(process.env as Record<string, string>),
      ELECTRON_DISABLE_SANDBOX: '1',
      PARLOR_HOSTING_ADDRESS: '127.0.0.1',
      PARLOR_NAMES: 'lan.test',
      PARLOR_PORT: String(port),
      ...env,
    },
  })
  const child = app.process()
  const page = await app.firstWindow()
  const pageProblems = watchPage(page, name)
  return {
    app,
    page,
    profile: userData,
    port,
    close: () => quit(app, child),
    serverPid: () =>
      app.evaluate(({ app }) => app.getAppMetrics().find((process) => process.name === 'Parlor server')?.pid),
    reported: () =>
      [...pageProblems(), ...errorLines(join(userData, 'logs', 'main.log'), name)].filter(
        (problem) => !provokes?.test(problem),
      ),
  }
}

/**
 * A packaged app is not held back until Playwright is there, which then at times waits for ever for the window that came
 * meanwhile. https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/electron/electron.ts
 */
async function launch(options: Parameters<typeof _electron.launch>[0], attempt = 1): Promise<ElectronApplication> {
  if (packaged === undefined) return _electron.launch(options)
  try {
    return await _electron.launch({ ...options, timeout: attachLimitMs })
  } catch (error) {
    if (!(error instanceof errors.TimeoutError) || attempt === mostAttaches) throw error
    return launch(options, attempt + 1)
  }
}

async function quit(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const limit = setTimeout(() => child.kill('SIGKILL'), closeLimitMs)
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
  await app.close()
  clearTimeout(limit)
  if ((await ended) === 'SIGKILL') throw new Error('the app did not quit by itself')
}

const errorLines = (file: string, name: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.includes('[error]'))
        .map((line) => `${name}: ${line}`)
    : []
