// Runs the app named on the command line, as the default app inside an official Electron does.
import { existsSync, readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const { preload, target, answer } = readArguments(process.argv.slice(1))
if (answer !== undefined) {
  process.stdout.write(`${answer}\n`)
  process.exit(0)
}
if (target === undefined) {
  process.stderr.write('usage: electron [options] PATH\n')
  process.exit(1)
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
// Test runners load themselves this way before the app.
if (preload.length > 0) Module._preloadModules(preload)
// Electron is not ready before this module is: an app may still register what must be registered first.
await load(resolve(target))

function readArguments(args) {
  const preload = []
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '-r' || args[at] === '--require') preload.push(args[++at])
    else if (args[at] === '-v' || args[at] === '--version') return { preload, answer: `v${process.versions.electron}` }
    else if (args[at] === '-a' || args[at] === '--abi') return { preload, answer: process.versions.modules }
    else if (!args[at].startsWith('-')) return { preload, target: args[at] }
  }
  return { preload }
}

async function load(target) {
  const description = join(target, 'package.json')
  if (existsSync(description)) takeNamesFrom(JSON.parse(readFileSync(description, 'utf8')))
  app.setAppPath(existsSync(description) ? target : dirname(target))
  const wanted = app.commandLine.getSwitchValue('user-data-dir')
  app.setPath('userData', isAbsolute(wanted) ? wanted : join(app.getPath('appData'), app.getName()))

  const main = createRequire(import.meta.url).resolve(target)
  try {
    await import(pathToFileURL(main).href)
  } catch (error) {
    process.stderr.write(`App threw an error during load\n${error.stack ?? error}\n`)
    process.exit(1)
  }
}

function takeNamesFrom({ version, productName, name, desktopName }) {
  if (version) app.setVersion(version)
  app.setName(productName ?? name ?? app.getName())
  if (desktopName) app.setDesktopName(desktopName)
}
