// Preloaded: kills the process right before the n-th time it changes what a folder holds.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

let left = Number(process.env['DIE_AT'])
for (const name of ['renameSync', 'linkSync', 'rmSync', 'mkdirSync']) {
  const real = fs[name]
  fs[name] = (...args) => {
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    return real(...args)
  }
}
syncBuiltinESMExports()
