// Runs the app named on the command line, as the default app inside an official Electron does.
const { app } = require('electron')
const { existsSync, readFileSync } = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

const { preload, target, answer } = readArguments(process.argv.slice(1))
if (answer) {
  process.stdout.write(`${answer}\n`)
  process.exit(0)
}
if (!target) {
  process.stderr.write('usage: electron [options] PATH\n')
  process.exit(1)
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
// Test runners load themselves this way before the app.
if (preload.length > 0) Module._preloadModules(preload)
load(path.resolve(target))

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

function load(target) {
  const description = path.join(target, 'package.json')
  if (existsSync(description)) takeNamesFrom(JSON.parse(readFileSync(description, 'utf8')))
  app.setAppPath(existsSync(description) ? target : path.dirname(target))
  const wanted = app.commandLine.getSwitchValue('user-data-dir')
  app.setPath('userData', path.isAbsolute(wanted) ? wanted : path.join(app.getPath('appData'), app.getName()))

  const main = Module._resolveFilename(target, null, true)
  import(pathToFileURL(main).href).catch((error) => {
    process.stderr.write(`App threw an error during load\n${error.stack ?? error}\n`)
    process.exit(1)
  })
}

function takeNamesFrom({ version, productName, name, desktopName }) {
  if (version) app.setVersion(version)
  app.setName(productName ?? name ?? app.getName())
  if (desktopName) app.setDesktopName(desktopName)
}
