import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { whenOrphaned } from './when-orphaned.mjs'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs a command to its end with our terminal as its own, passing signals on. Resolves with its exit code.
 * `quiet` keeps stdout clean for whoever reads it: the command's output goes to stderr. `onOutput` sees a copy.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<number>}
 */
export function runCommand(command, args, { env = process.env, cwd = root, quiet = false, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      cwd,
      stdio: ['inherit', quiet ? process.stderr : onOutput ? 'pipe' : 'inherit', 'inherit'],
    })
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
      process.stdout.write(chunk)
      onOutput?.(chunk.toString())
    })

    // Ctrl+C in a terminal reaches the child by itself; twice would mean "at once".
    const relay = (/** @type {NodeJS.Signals} */ signal) =>
      void ((signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    for (const signal of signals) process.on(signal, relay)
    const stopWatching = whenOrphaned(() => child.kill())
    const done = () => {
      stopWatching()
      signals.forEach((signal) => process.off(signal, relay))
    }

    child.on('error', (error) => (done(), reject(error)))
    child.on('close', (code, signal) => (done(), resolve(code ?? (signal === 'SIGINT' ? 130 : 143))))
  })
}

/**
 * As runCommand, for steps that must succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 */
export async function mustRun(command, args, options) {
  const code = await runCommand(command, args, options)
  if (code !== 0) throw new SetupError(`${[command, ...args].join(' ')} failed (exit code ${code}).`)
}

/**
 * npm, without a shell in between: started by npm itself we know where it is.
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function npm(args) {
  const { npm_execpath: cli } = process.env
  return cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', [...args]]
}

/**
 * A tool of node_modules, run by this Node on every platform.
 * @param {string} script such as `electron-vite/bin/electron-vite.js`
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export const tool = (script, args) => [process.execPath, [join(root, 'node_modules', script), ...args]]

/** Something the person must put right; its message is the whole explanation. */
export class SetupError extends Error {}

/**
 * Runs a script's body; what a person must put right is one sentence, not a stack.
 * @param {() => Promise<number | void>} body
 */
export async function script(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    process.stderr.write(
      `${error instanceof SetupError ? error.message : error instanceof Error ? error.stack : error}\n`,
    )
    process.exitCode = 1
  }
}
