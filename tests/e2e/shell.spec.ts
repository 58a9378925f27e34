import { startPage } from './pages/start-page'
import { expect, test } from './support/parlor'

test('the window shows the interface under the promised policy', async ({ launchApp }) => {
  const { app, page } = await launchApp({ name: 'ada' })

  expect(page.url()).toBe('parlor-app://ui/')
  await expect(page.getByRole('button', { name: /host/i }).first()).toBeVisible()

  const preferences = await app.evaluate(({ BrowserWindow, app }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { visible: window?.isVisible(), packaged: app.isPackaged, count: BrowserWindow.getAllWindows().length }
  })
  expect(preferences).toEqual({ visible: true, packaged: process.env['PARLOR_E2E_APP'] !== undefined, count: 1 })
})

test('the page has the bridge and nothing else of the computer', async ({ launchApp }) => {
  const { page } = await launchApp({ name: 'ada' })

  const seen = await page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    ipcRenderer: typeof Reflect.get(globalThis, 'ipcRenderer'),
    bridge: Object.keys(Reflect.get(globalThis, 'parlor') as object).toSorted(),
    isolated: Object.isFrozen(Reflect.get(globalThis, 'parlor')),
  }))

  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    ipcRenderer: 'undefined',
    bridge: ['calls', 'kind', 'onNews'],
    isolated: true,
  })
})

test('the renderer runs sandboxed, isolated and without Node', async ({ launchApp }) => {
  const { app } = await launchApp({ name: 'ada' })

  const preferences = await app.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents()
    // Not in the newest typings, but there.
    const all = (
      contents as unknown as { getLastWebPreferences: () => Record<string, unknown> }
    ).getLastWebPreferences()
    const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity', 'webviewTag', 'spellcheck']
    return Object.fromEntries(names.map((name) => [name, all[name] ?? false]))
  })

  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
  })
})

test('no network, no foreign script, no permission', async ({ launchApp }) => {
  const { page, port } = await launchApp({ name: 'ada', provokes: /Content Security Policy|Trusted(HTML|Script)/ })

  const refused = await page.evaluate(async (address) => {
    const outcome = (promise: Promise<unknown>) =>
      promise.then(
        () => 'allowed',
        () => 'refused',
      )
    const attempt = (act: () => unknown) =>
      new Promise((resolve, reject) => {
        // Later, because what a debugger runs may evaluate.
        setTimeout(() => {
          try {
            resolve(act())
          } catch (error) {
            reject(new Error('refused', { cause: error }))
          }
        })
      })
    return {
      fetch: await outcome(fetch(address)),
      ownFetch: await outcome(fetch('parlor-app://ui/index.html')),
      evaluated: await outcome(
        attempt(() => Reflect.construct(Reflect.get(globalThis, 'Function') as () => void, ['return 1'])),
      ),
      html: await outcome(attempt(() => Reflect.set(document.body, 'innerHTML', '<img src=x>'))),
      notifications: await Notification.requestPermission(),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      clipboardRead: await outcome(navigator.clipboard.readText()),
      geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    }
  }, `http://127.0.0.1:${port}/healthz`)

  expect(refused).toEqual({
    fetch: 'refused',
    ownFetch: 'refused',
    evaluated: 'refused',
    html: 'refused',
    notifications: 'denied',
    camera: 'refused',
    clipboardRead: 'refused',
    geolocation: 'denied',
  })
})

const ways: Record<string, string> = {
  'location=': `location.href = TARGET`,
  'window.open': `window.open(TARGET)`,
  'a link': `Object.assign(document.body.appendChild(document.createElement('a')), { href: TARGET }).click()`,
  'a link in a new window': `Object.assign(document.body.appendChild(document.createElement('a')), { href: TARGET, target: '_blank' }).click()`,
  'a form': `Object.assign(document.body.appendChild(document.createElement('form')), { action: TARGET }).submit()`,
  'an embedded page': `Object.assign(document.body.appendChild(document.createElement('iframe')), { src: TARGET })`,
}

test('the page cannot leave and cannot open windows', async ({ launchApp }) => {
  const { app, page } = await launchApp({ name: 'ada', provokes: /Content Security Policy|Not allowed to|of null/ })
  const targets = [
    'https://parlor.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
  ]

  for (const target of targets) {
    for (const way of Object.values(ways)) {
      await app.evaluate(
        ({ webContents }, code) =>
          webContents
            .getAllWebContents()[0]
            ?.executeJavaScript(code)
            .catch(() => undefined),
        `void (${way.replace('TARGET', JSON.stringify(target))})`,
      )
    }
  }

  const places = () =>
    app.evaluate(({ BrowserWindow, webContents }) => ({
      windows: BrowserWindow.getAllWindows().length,
      urls: webContents.getAllWebContents().map((contents) => contents.getURL().replace(/#.*/, '')),
    }))
  await expect.poll(places).toEqual({ windows: 1, urls: ['parlor-app://ui/'] })
  await expect(page.getByRole('button', { name: /host/i }).first()).toBeVisible()
})

test('the second app of a profile hands over to the first', async ({ launchApp }) => {
  const { app, profile } = await launchApp({ name: 'ada' })

  const second = launchApp({ name: 'ada-again', profile })
  await expect(second).rejects.toThrow()

  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a right click in a text offers what can be done to it, and elsewhere nothing', async ({ launchApp }) => {
  const { app, page } = await launchApp({ name: 'ada' })
  await app.evaluate(({ Menu }) => {
    const offered: unknown[] = []
    Menu.prototype.popup = function () {
      offered.push(this.items.map(({ role, enabled }) => `${role}: ${enabled}`))
    }
    Object.assign(globalThis, { offered })
  })
  const { name } = startPage(page)

  await name.click({ button: 'right' })
  await page.getByRole('heading', { level: 1 }).click({ button: 'right' })
  await name.fill('Ada')
  await name.selectText()
  await name.click({ button: 'right' })

  const ofText = (isSelected: boolean) => [
    `cut: ${isSelected}`,
    `copy: ${isSelected}`,
    expect.stringMatching(/^paste: /),
    `selectall: ${isSelected}`,
  ]
  const offered = () => app.evaluate(() => Reflect.get(globalThis, 'offered') as unknown)
  await expect.poll(offered).toEqual([ofText(false), ofText(true)])
})
